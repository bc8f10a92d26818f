"""python-telegram-bot as its guide has it: ConversationHandler and PicklePersistence.

Not durable: the file is written every 60 seconds, in place.
"""

import sys
from pathlib import Path

from telegram import Update
from telegram.ext import (
    Application,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from tests.bench.questionnaire import QUESTIONS


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message
    assert context.user_data is not None
    context.user_data.clear()
    await update.message.reply_text(QUESTIONS[0][0])
    return 0


def ask(number: int):  # type: ignore[no-untyped-def]
    async def handler(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        assert update.message
        assert context.user_data is not None
        text = update.message.text or ""
        if QUESTIONS[number][1].isdigit() and not text.isdigit():
            await update.message.reply_text("Xin gửi một con số.")
            return number
        context.user_data[f"q{number}"] = text
        if number + 1 == len(QUESTIONS):
            await update.message.reply_text("Cảm ơn, đã đủ các câu.")
            return ConversationHandler.END
        await update.message.reply_text(QUESTIONS[number + 1][0])
        return number + 1

    return handler


def main(url: str, token: str, folder: str) -> None:
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{url}/bot")
        .base_file_url(f"{url}/file/bot")
        .persistence(PicklePersistence(filepath=Path(folder, "conversation.pickle")))
        .build()
    )
    words = filters.TEXT & ~filters.COMMAND
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start)],
            states={n: [MessageHandler(words, ask(n))] for n in range(len(QUESTIONS))},
            fallbacks=[CommandHandler("start", start)],
            name="questionnaire",
            persistent=True,
        )
    )
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
