"""A small bot by a script behind the real web server, with its memory in two lists."""

import asyncio
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from bot.channels.upload_page import UploadPage
from bot.channels.webchat import WebChat
from bot.channels.webchat_uploads import Uploads
from bot.channels.webchat_visitors import Visitors
from bot.channels.webchat_wire import Entry
from bot.chat import Choice, File, Incoming, Message, Way
from bot.errors import TryLater
from bot.texts import texts
from bot.web.links import Links
from bot.web.pages import Demo, DemoSchool, Pages
from bot.web.server import Server, Site

Script = Callable[["ScriptedBot", Incoming], list[Message]]


def echo(bot: "ScriptedBot", incoming: Incoming) -> list[Message]:
    """Say back what was said."""
    said = incoming.text or incoming.button or incoming.start
    photos = len(incoming.attachments)
    return [Message(f"Đã nhận: {said}" if said else f"Đã nhận {photos} ảnh")]


@dataclass
class ScriptedBot:
    """Keeps what is said before it says so, once however often it comes; then answers in order."""

    folder: Path
    script: Script = echo
    pause: float = 0.02  # seconds it thinks
    received: list[Incoming] = field(default_factory=list)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    marked: set[str] = field(default_factory=set)  # what the multiple choice has
    port: int = 0
    ill: tuple[str, ...] = ()
    busy: TryLater | None = None
    links_issued: dict[str, File] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()

    def __post_init__(self) -> None:
        self.links = Links("a secret of the tests", "http://127.0.0.1")
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Serve, on the same port as before."""
        self.pages = Pages(
            texts("vi"),
            ZoneInfo("Asia/Ho_Chi_Minh"),
            commands=("tiep tuc", "xem lai", "tro giup", "du lieu cua toi"),
            ways=lambda: self.ways,
        )
        self.chat = WebChat(
            history=self.history,
            page=self.pages.chat,
            is_office=self.is_office,
            file_link=lambda owner, file: self.links.file(
                file, datetime.now(UTC) + timedelta(hours=1), owner=owner
            ),
            visitors=Visitors(self.links.sign, self.links.verify, "http://127.0.0.1"),
            uploads=Uploads(self.folder / "uploads"),
        )
        site = Site(
            pages=self.pages,
            links=self.links,
            file_path=self.file_path,
            problems=self.problems,
            visitor=self.chat.visitor,
            issued=self.issued,
            demo=self.demo,
        )
        app = site.application()
        await self.chat.open(self.receive, app.router)
        UploadPage(
            uploads=self.chat.uploads,
            reader=self.links.read_upload,
            page=self.pages.upload,
            notice=partial(self.pages.notice, home=False),
        ).open(self.receive, app.router)
        self.server = Server(app, "127.0.0.1", self.port)
        await self.server.start()
        self.port = self.server.port

    async def stop(self) -> None:
        """Stop serving; what was said stays."""
        await asyncio.gather(*self._tasks)
        await self.chat.close()
        await self.server.stop()

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    async def receive(self, incoming: Incoming) -> None:
        """Keep, then answer a little later."""
        talk = self.entries.setdefault(incoming.sender.id, [])
        if any(entry.id == incoming.id for entry in talk):
            return
        talk.append(Entry(incoming.id, incoming.at, incoming))
        self.received.append(incoming)
        task = asyncio.create_task(self._answer(incoming))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def is_office(self, address_id: str) -> bool:
        """Say that nobody here works for an office."""
        return False

    async def history(self, address_id: str, after: str) -> list[Entry]:
        """Return what was said after that entry, or all."""
        talk = self.entries.get(address_id, [])
        ids = [entry.id for entry in talk]
        return talk[ids.index(after) + 1 :] if after in ids else list(talk)

    async def say(self, address_id: str, message: Message) -> str:
        """Say something without being asked."""
        talk = self.entries.setdefault(address_id, [])
        key = str(1000 + sum(len(entries) for entries in self.entries.values()))
        talk.append(Entry(key, datetime.now(UTC), message))
        return await self.chat.send(self.sender(address_id), message, key)

    def sender(self, address_id: str):
        """Return the address of that id."""
        return next(
            incoming.sender for incoming in self.received if incoming.sender.id == address_id
        )

    async def file_path(self, file: File) -> Path:
        """Return where a file lies."""
        if self.busy:
            raise self.busy
        path = self.folder / file.key
        if not path.exists():
            raise FileNotFoundError(file.key)
        return path

    async def issued(self, token: str) -> File | None:
        """Return the file behind a link of one of the tests."""
        return self.links_issued.get(token)

    async def problems(self) -> tuple[str, ...]:
        """Return why it cannot work."""
        return self.ill

    async def demo(self) -> Demo:
        """Return whom a visitor may play."""
        schools = [
            DemoSchool("Trường TH và THCS Tân Thành", "/moi/TANTHANH"),
            DemoSchool("Trường Tiểu học Mỹ Thạnh", "/moi/MYTHANH"),
            DemoSchool("Trường Mẫu giáo Mỹ An", "/moi/MYAN"),
            DemoSchool("Trường Tiểu học và Trung học cơ sở Bình An", "/moi/BINHAN"),
            *(DemoSchool(f"Trường Tiểu học số {n}", f"/moi/SO{n}") for n in range(1, 5)),
        ]
        return Demo("Tuần lễ hưởng ứng học tập suốt đời 2023", "/moi/CANBO", schools)

    async def _answer(self, incoming: Incoming) -> None:
        await asyncio.sleep(self.pause)
        for message in self.script(self, incoming):
            await self.say(incoming.sender.id, message)


WAYS = (
    Choice("Bỏ qua", "skip", way=True),
    Choice("Quay lại", "back", way=True),
    Choice("Để sau", "later", way=True),
)
KINDS = (
    "Băng rôn, khẩu hiệu",
    "Phát thanh măng non",
    "Trang thông tin của trường",
    "Họp phụ huynh",
)


def school(bot: ScriptedBot, incoming: Incoming) -> list[Message]:
    """Play the talk of a teacher who reports: consent, questions, a list, photos, the document."""
    if incoming.attachments:
        return _photos(bot, incoming)
    if incoming.button.startswith("kind:"):
        bot.marked ^= {incoming.button}
        return [replace(_kinds(bot), replaces=incoming.pressed)]
    steps = {
        "yes": _notice,
        "agree": _task,
        "begin": lambda _: _question(1, "I.1 Chỉ đạo, kế hoạch", PLAN, choices=PLANS),
        "plan": lambda _: _question(
            2,
            "I.1 Chỉ đạo, kế hoạch",
            "Số kế hoạch?",
            echo="Có kế hoạch riêng",
            hint="Ví dụ: 45/KH-THTT",
            choices=WAYS,
        ),
        "done": lambda _: _question(
            12,
            "I.4 Hình ảnh",
            "Thầy/cô gửi ảnh hoạt động của Tuần lễ.",
            echo="Tuyên truyền: băng rôn, phát thanh",
            hint="Chọn nhiều ảnh một lần cũng được. Nên chụp toàn cảnh, từ phía sau.",
            choices=WAYS,
        ),
        "submit": document,
    }
    if incoming.start:
        return [GREETING]
    if incoming.button in steps:
        step = steps[incoming.button](bot)
        return step if isinstance(step, list) else [step]
    if incoming.text.casefold() in ("có", "co"):
        return [steps["plan"](bot)]
    if incoming.text == "45/KH-THTT":
        return [_kinds(bot)]
    return echo(bot, incoming)


GREETING = Message(
    "Chào thầy/cô! Tôi là Trợ lý báo cáo của Phòng GD&ĐT Thủ Thừa.\n"
    "Mã mời này thuộc Trường TH và THCS Tân Thành. Đúng trường của thầy/cô chứ?",
    (Choice("Đúng", "yes"), Choice("Không phải", "no")),
    strong="Đúng trường của thầy/cô chứ?",
)
PLAN = "Trường có ban hành kế hoạch riêng không?"
PLANS = (Choice("Có", "plan"), Choice("Chưa có", "no-plan"), WAYS[2])


def _notice(bot: ScriptedBot) -> Message:
    return Message(
        "Tôi lưu: tài khoản chat, câu trả lời và ảnh thầy/cô gửi – chỉ để lập báo cáo; trường và "
        'Phòng xem được; xóa bất cứ lúc nào bằng "xóa".',
        (Choice("Đồng ý", "agree"), Choice("Xem thêm", "more")),
    )


def _task(bot: ScriptedBot) -> Message:
    return Message(
        "📋 1 báo cáo cần nộp: Tuần lễ hưởng ứng học tập suốt đời 2023\n"
        "Hạn: trước ngày 15/10/2023 (chậm nhất hết 14/10) – còn 6 ngày. Khoảng 15 phút.",
        (
            Choice("Bắt đầu", "begin"),
            Choice("Xem công văn", "", url="https://example.org/cong-van"),
            Choice("Để sau", "later"),
        ),
        strong="Tuần lễ hưởng ứng học tập suốt đời 2023",
    )


def _question(
    number: int, part: str, label: str, *, echo: str = "", hint: str = "", choices=()
) -> Message:
    lines = [f"✓ {echo}" if echo else "", f"Câu {number}/31 · {part}", label, hint]
    return Message("\n".join(line for line in lines if line), tuple(choices), strong=label)


def _kinds(bot: ScriptedBot) -> Message:
    boxes = [
        Choice(f"{'☑' if f'kind:{n}' in bot.marked else '☐'} {kind}", f"kind:{n}")
        for n, kind in enumerate(KINDS)
    ]
    label = "Trường tuyên truyền bằng những hình thức nào?"
    question = _question(
        3, "I.2 Tuyên truyền", label, echo="Số kế hoạch: 45/KH-THTT", hint="Chọn một hoặc nhiều."
    )
    return replace(question, choices=(*boxes, Choice("Xong", "done"), *WAYS[:2]), multiple=True)


def _photos(bot: ScriptedBot, incoming: Incoming) -> list[Message]:
    album = [one for one in bot.received if one.album and one.album == incoming.album]
    if incoming.album and (len(album) < 6 or incoming != album[-1]):
        return []
    return [
        Message(
            f"Đã nhận {len(album) or 1} ảnh. Ảnh 1 chụp gì?\nVí dụ: Học sinh đọc sách tại thư viện",
            (Choice("Nộp", "submit"), Choice("Quay lại", "back")),
            strong="Ảnh 1 chụp gì?",
        )
    ]


def document(bot: ScriptedBot) -> list[Message]:
    return [
        Message(
            "✅ Đã nộp lúc 15:42 ngày 09/10/2023 – mã biên nhận BC-7K3M9Q. "
            "Còn sửa được đến hết hạn.",
            files=(
                File(
                    "report.docx",
                    "Bao-cao-Tuan-le-HTSD-TH-THCS-Tan-Thanh.docx",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                ),
            ),
        ),
        Message("Trang đầu của văn bản:", files=(File("page.png", "Trang 1.png", "image/png"),)),
    ]


def photo(number: int, size: tuple[int, int] = (1600, 1200)) -> bytes:
    """Draw a photo that no other number gives."""
    hue = (number * 47) % 255
    image = Image.new("HSV", size, (hue, 120, 200)).convert("RGB")
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.rectangle((0, height * 0.68, width, height), fill=(90, 120 + 15 * number, 90))
    for pupil in range(4 + number):
        x = width * (pupil + 0.7) / (5 + number)
        draw.ellipse((x - 50, height * 0.5, x + 50, height * 0.5 + 100), fill=(60, 45, 40))
        draw.rectangle((x - 60, height * 0.58, x + 60, height * 0.82), fill=(245, 245, 250))
    draw.rectangle((width * 0.1, 60, width * 0.9, 220), fill=(190, 40, 40))
    content = io.BytesIO()
    image.save(content, "JPEG", quality=88)
    return content.getvalue()


def page_image() -> bytes:
    """Draw what the first page of a document might look like."""
    image = Image.new("RGB", (620, 877), "white")
    draw = ImageDraw.Draw(image)
    for line in range(26):
        draw.rectangle((70, 150 + 26 * line, 550 - (line % 5) * 40, 158 + 26 * line), fill="#888")
    draw.rectangle((70, 60, 260, 72), fill="#333")
    draw.rectangle((330, 60, 550, 72), fill="#333")
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()
