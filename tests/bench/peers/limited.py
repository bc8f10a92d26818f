"""python-telegram-bot with AIORateLimiter: a broadcast as its guides have it. Not durable."""

import asyncio
import sys

from telegram import Update
from telegram.ext import (
    AIORateLimiter,
    Application,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from tests.bench.questionnaire import QUESTIONS


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    assert context.user_data is not None
    context.user_data["question"] = 0
    await update.message.reply_text(QUESTIONS[0][0])


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    assert context.user_data is not None
    number = context.user_data["question"] = context.user_data["question"] + 1
    done = number >= len(QUESTIONS)
    await update.message.reply_text("Cảm ơn." if done else QUESTIONS[number][0])


async def broadcast(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert context.args
    first, count = map(int, context.args)

    async def send_all() -> None:
        text = "Mai họp giao ban lúc 8 giờ."
        chats = range(first, first + count)
        sending = (context.bot.send_message(chat, text) for chat in chats)
        await asyncio.gather(*sending, return_exceptions=True)

    context.application.create_task(send_all())


def main(url: str, token: str) -> None:
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{url}/bot")
        .rate_limiter(AIORateLimiter(overall_max_rate=30, overall_time_period=1, max_retries=3))
        .concurrent_updates(True)
        .build()
    )
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CommandHandler("broadcast", broadcast))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, answer))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
