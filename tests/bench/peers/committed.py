"""python-telegram-bot with SQLAlchemy's ORM: durable, one commit an answer."""

import sys
from pathlib import Path

from sqlalchemy import ForeignKey, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes, MessageHandler, filters

from tests.bench.questionnaire import QUESTIONS


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "persons"
    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[int] = mapped_column(default=0)


class Answer(Base):
    __tablename__ = "answers"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    question: Mapped[int]
    text: Mapped[str]


Sessions = sessionmaker[Session]()


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    assert update.effective_user
    with Sessions() as session:
        session.merge(Person(id=update.effective_user.id, question=0))
        session.commit()
    await update.message.reply_text(QUESTIONS[0][0])


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    assert update.effective_user
    text = update.message.text or ""
    with Sessions() as session:
        person = session.get_one(Person, update.effective_user.id)
        if QUESTIONS[person.question][1].isdigit() and not text.isdigit():
            await update.message.reply_text("Xin gửi một con số.")
            return
        session.add(Answer(person_id=person.id, question=person.question, text=text))
        person.question += 1
        session.commit()
        done = person.question == len(QUESTIONS)
        words = "Cảm ơn, đã đủ các câu." if done else QUESTIONS[person.question][0]
    await update.message.reply_text(words)


def main(url: str, token: str, folder: str) -> None:
    engine = create_engine(f"sqlite:///{Path(folder, 'answers.db')}")

    @event.listens_for(engine, "connect")
    def _(connection, _record) -> None:  # type: ignore[no-untyped-def]
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    Base.metadata.create_all(engine)
    Sessions.configure(bind=engine)
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{url}/bot")
        .base_file_url(f"{url}/file/bot")
        .build()
    )
    application.add_handler(CommandHandler("start", start))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, answer))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
