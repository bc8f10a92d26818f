"""python-telegram-bot with Pillow: a photo is downloaded, shrunk and kept, as the guides do it."""

import io
import sys
from pathlib import Path

from PIL import Image, ImageOps
from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes, MessageHandler, filters

FOLDER = Path(sys.argv[3]) if len(sys.argv) > 3 else Path()


def shrink(content: bytes) -> bytes:
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    image = image.resize((1600, 1200), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    await update.message.reply_text("Xin gửi ảnh.")


async def photo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    file = await update.message.photo[-1].get_file()
    content = await file.download_as_bytearray()
    (FOLDER / f"{file.file_unique_id}.jpg").write_bytes(shrink(bytes(content)))
    await update.message.reply_text("Đã nhận ảnh.")


def main(url: str, token: str, _folder: str) -> None:
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{url}/bot")
        .base_file_url(f"{url}/file/bot")
        .concurrent_updates(True)
        .build()
    )
    application.add_handler(CommandHandler("start", start))
    application.add_handler(MessageHandler(filters.PHOTO, photo))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
