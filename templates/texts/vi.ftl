## Chào hỏi, mã mời, đồng ý

welcome-stranger = Chào thầy/cô! Tôi là Trợ lý báo cáo. Thầy/cô gửi giúp mã mời của trường, ví dụ: 7K3M-9QXD. Mã do cơ quan phụ trách cấp.
code-unknown = Mã này chưa đúng. Mã mời gồm 8 chữ và số, ví dụ: 7K3M-9QXD. Thầy/cô xem lại giúp, hoặc hỏi người đã gửi mã.
code-used = Mã này đã có người dùng. Mỗi mã chỉ dùng được một lần; thầy/cô xin cơ quan phụ trách một mã mới nhé.
code-expired = Mã này đã hết hạn. Thầy/cô xin cơ quan phụ trách một mã mới nhé.
code-too-many = Thầy/cô đã gõ sai mã nhiều lần. Vui lòng xin cơ quan phụ trách một liên kết mời mới và mở liên kết đó.
join-school =
    Chào thầy/cô! Tôi là Trợ lý báo cáo của { $office }.
    Mã mời này thuộc { $school }. Đúng trường của thầy/cô chứ?
not-my-school = Vâng, mã này chưa dùng đến. Thầy/cô gửi giúp đúng mã của trường mình, ví dụ: 7K3M-9QXD.
hello = Chào thầy/cô! Tôi là Trợ lý báo cáo, ở đây để cùng thầy/cô làm báo cáo của { $school }.
consent = Tôi lưu: tài khoản chat, câu trả lời và ảnh thầy/cô gửi – chỉ để lập báo cáo; trường và cơ quan nhận báo cáo xem được; giữ đến { $days } ngày sau tin nhắn cuối; xóa bất cứ lúc nào bằng "xóa". Thầy/cô đồng ý chứ?
consent-more =
    Nói rõ hơn:
    – Lưu gì: mã tài khoản chat và tên hiển thị, câu trả lời, ảnh (đã bỏ vị trí và thời điểm chụp), tên và chức vụ người ký.
    – Để làm gì: chỉ để lập báo cáo của trường. Không hỏi tên, địa chỉ hay hoàn cảnh của học sinh; chỉ cần số lượng.
    – Ai xem: người cùng trường; cơ quan nhận báo cáo chỉ xem sau khi trường nộp.
    – Bao lâu: đến { $days } ngày sau tin nhắn cuối cùng của thầy/cô.
    – Quyền của thầy/cô: xem ("dữ liệu của tôi"), sửa, rút đồng ý và xóa ("xóa") bất cứ lúc nào. Phụ huynh muốn bỏ một ảnh: báo cho trường hoặc cơ quan phụ trách.
    Ứng dụng chat (Telegram, Zalo…) tự lưu tin nhắn theo quy định riêng của họ.
consent-refused = Vâng. Chưa có đồng ý thì tôi không lưu câu trả lời nào. Khi nào thầy/cô đổi ý, bấm "Đồng ý".
linked = ✓ Đã nối tài khoản này. Mọi việc đang làm dở đều có ở đây.
link-code =
    Để làm tiếp trên máy khác hoặc ứng dụng khác, trong 24 giờ tới:
    – mở { $link }
    – hoặc nhắn cho Trợ lý ở ứng dụng kia: { $code }

## Việc cần làm

nothing-owed = Hiện trường của thầy/cô không có báo cáo nào cần nộp. Khi có, tôi sẽ nhắn ngay.
owed =
    📋 { $count } báo cáo cần nộp

    { $lines }
owed-no-more =
    ✅ Không còn báo cáo nào phải nộp

    { $lines }
owed-line =
    { $title }
    { $school }
    Hạn: { $due } (chậm nhất hết { $last }) – { $when }
    Tình trạng: { $status }
days-left = còn { $days } ngày
last-day = hôm nay là ngày cuối
overdue = đã quá hạn
status-expected = chưa bắt đầu
status-drafting = đang làm
status-submitted = đã nộp
status-returned = cần sửa lại
status-accepted = đã được nhận
begin =
    Phiếu có { $total } câu ngắn, chừng { $minutes } phút; chọn thêm việc nào thì có thêm vài câu về việc đó. Nghỉ giữa chừng lúc nào cũng được, câu nào trả lời rồi là đã lưu.
    Trả lời nhầm thì gõ "sửa" và số câu, ví dụ: sửa 3.
begin-known =
    Những điều đã biết về trường (chưa đúng thì gõ "sửa" và số câu):
    { $lines }
resume = Thầy/cô đang ở câu { $number }/{ $total } của "{ $title }". Ta làm tiếp nhé.
later = Vâng, mọi câu trả lời đã được lưu. Khi nào tiện, thầy/cô gõ "tiếp tục".
report-not-yours = Báo cáo này không thuộc trường của thầy/cô. Gõ "báo cáo" để xem việc của mình.
campaign-closed = Đợt báo cáo "{ $title }" đã đóng, không nhận thêm. Nếu cần, thầy/cô liên hệ cơ quan phụ trách.
dispatch = Công văn của đợt "{ $title }":

## Hỏi và trả lời

place-number = Câu { $number }/{ $total }
place-row = { $section } ({ $row })
example = Ví dụ: { $example }
how-many-choices = Bấm các ý rồi bấm "Xong", hoặc gõ số, ví dụ: 1 3
none-ticked = Chưa có ý nào được chọn. Thầy/cô chọn ít nhất một ý rồi bấm "Xong".
value-now = Đang ghi: { $value }
value-none = –
value-photo = đã có ảnh
value-later = (để sau)
echo = ✓ { $name }: { $value }
echo-short = ✓ { $name }
no-accents = Chỗ này chưa có dấu và văn bản sẽ in y như vậy. Muốn gõ lại có dấu: sửa { $number }
skipped = Đã bỏ qua: { $name }
postponed = Để sau: { $name }. Cuối phiếu tôi sẽ hỏi lại.
required-no-skip = Câu này báo cáo phải có, nên không bỏ qua được. Thầy/cô trả lời giúp, hoặc bấm "Để sau".
no-question-before = Đây là câu đầu tiên rồi ạ.
weekday-0 = thứ Hai
weekday-1 = thứ Ba
weekday-2 = thứ Tư
weekday-3 = thứ Năm
weekday-4 = thứ Sáu
weekday-5 = thứ Bảy
weekday-6 = Chủ nhật
asked-because = Vì câu "{ $name }" vừa đổi nên có câu liên quan cần trả lời lại.
add-another = { $name }: đã có { $rows }{ $most }. Thêm một mục nữa không?
more-photos = { $name }: đã có { $rows } ảnh{ $most }. Gửi thêm ảnh, hoặc bấm "Đủ rồi".
at-most = {" "}(nhiều nhất { $most })
row-unclear = Thầy/cô bấm "Thêm" hoặc "Đủ rồi" giúp nhé.
all-answered = Đã đủ các câu. Thầy/cô xem lại một lượt rồi nộp nhé.
missing =
    Gần xong rồi! Còn những câu này:
    { $lines }
missing-line = { $number }. { $name }
later-line = { $number }. { $name } (để sau, không bắt buộc)
which = { $name }: thầy/cô chọn giúp.
whether = { $name }: { $value } – đúng không?
say-again = Vâng, thầy/cô gửi lại giúp.
text-so-far =
    { $name } – đã ghi:
    "{ $value }"
    Thầy/cô viết thêm ý nữa, hoặc bấm "Xong".
rewrite = Vâng, thầy/cô viết lại từ đầu.
refused = Câu trả lời này chưa hợp lệ. Thầy/cô xem lại giúp.
check-failed = { $value } có vẻ lạ. Vẫn giữ chứ?
private-words = Câu này có vẻ chứa số điện thoại, số giấy tờ hoặc họ tên học sinh. Báo cáo chỉ cần số lượng; nên viết chung, ví dụ: "một học sinh lớp 5A". Giữ nguyên hay sửa?
colleague-was-quicker =
    { $who } vừa trả lời câu này: { $theirs }
    Đổi thành { $yours }, hay để như { $who } đã ghi?
somebody = Đồng nghiệp
button-old = Nút này của câu { $number } ({ $name }), câu đó đang ghi: { $value }. Muốn đổi, gõ: sửa { $number }
button-gone = Nút này của một câu không còn trong phiếu nữa.
button-of-other-report = Nút này thuộc một báo cáo khác. Bấm "Làm tiếp" để quay về việc đang làm.
unread-text = Thầy/cô viết giúp câu trả lời bằng chữ.
unread-integer = Tôi chưa hiểu "{ $said }". Thầy/cô gửi một số nguyên, ví dụ: 45. Không có thì gõ 0.
unread-range = Tôi chưa hiểu "{ $said }". Thầy/cô gửi một số, ví dụ: 5.
unread-decimal = Tôi chưa hiểu "{ $said }". Thầy/cô gửi một số, ví dụ: 87,5
unread-money = Tôi chưa hiểu "{ $said }". Thầy/cô gửi số tiền, ví dụ: 1.500.000 hoặc 1tr5 hoặc 500k. Không có thì gõ 0.
unread-date = Tôi chưa hiểu "{ $said }". Thầy/cô gửi ngày và tháng, ví dụ: 2/10.
unread-time = Tôi chưa hiểu "{ $said }". Thầy/cô gửi giờ, ví dụ: 7h30.
unread-dateTime = Tôi chưa hiểu "{ $said }". Thầy/cô gửi ngày và giờ, ví dụ: 02/10/2023 7h30.
unread-select-one = Tôi chưa hiểu "{ $said }". Thầy/cô bấm một nút, hoặc gõ số thứ tự của ý muốn chọn, ví dụ: 1.
unread-select-multiple = Tôi chưa hiểu "{ $said }". Thầy/cô bấm các nút, hoặc gõ các số thứ tự, ví dụ: 1 3.
unread-rank = Tôi chưa hiểu "{ $said }". Thầy/cô gõ các số theo thứ tự, ví dụ: 3 1 2.

## Ảnh

photo-wanted = Câu này cần ảnh. Thầy/cô gửi ảnh JPEG, PNG hoặc HEIC; gửi cả chùm cũng được. Chưa có thì bấm "Để sau".
photo-empty = Ảnh này rỗng, có lẽ chưa tải lên xong. Thầy/cô gửi lại giúp.
photo-too-big = Ảnh này nặng quá 20 MB. Thầy/cô gửi dưới dạng ảnh thường (không phải tệp gốc), hoặc chụp màn hình ảnh rồi gửi.
photo-not-an-image = Tệp này không phải ảnh. Thầy/cô gửi ảnh chụp (JPEG, PNG, HEIC) từ thư viện ảnh của điện thoại giúp.
photo-broken = Ảnh này bị hỏng hoặc tải lên chưa hết nên không mở được. Thầy/cô gửi lại ảnh đó, hoặc gửi ảnh khác.
photo-too-many-pixels = Ảnh này quá lớn (hơn 80 triệu điểm ảnh). Thầy/cô gửi dưới dạng ảnh thường, hoặc chụp lại ở chế độ thường.
photo-warning-small = Ảnh { $number } hơi nhỏ, in ra có thể không rõ. Có ảnh gốc thì thầy/cô gửi ảnh gốc dưới dạng tệp.
photo-warning-blurred = Ảnh { $number } có vẻ bị mờ. Có ảnh rõ hơn thì gõ: thay ảnh { $number }
photo-warning-dark = Ảnh { $number } hơi tối. Có ảnh sáng hơn thì gõ: thay ảnh { $number }
photo-no-place = Phiếu này không có chỗ cho ảnh, nên ảnh vừa gửi chưa được dùng.
photo-no-report = Ảnh đẹp quá, nhưng thầy/cô chưa mở báo cáo nào. Bấm "Bắt đầu" rồi gửi lại ảnh giúp nhé.
photo-too-many = Phần này nhận nhiều nhất { $most } ảnh; ảnh gửi thêm chưa được nhận. Muốn đổi ảnh, gõ: thay ảnh 2
photo-alike = Ảnh { $number } rất giống một ảnh đã gửi. Nếu gửi nhầm, gõ: bỏ ảnh { $number }
photo-put-aside = Ảnh đã được cất vào phần ảnh của báo cáo; đến phần đó tôi sẽ hỏi chú thích.
photos-received = ✓ Đã nhận { $count } ảnh.
photos-received-more = ✓ Đã nhận thêm { $count } ảnh, tất cả { $total } ảnh.
photo-no-such = Không có ảnh số đó (đang có { $rows } ảnh). Gõ "xem ảnh" để xem số thứ tự.
photo-send-new = Thầy/cô gửi ảnh mới thay cho ảnh { $number }.
photos-now =
    Các ảnh bây giờ:
    { $lines }
photo-fetch-failed = Có một ảnh chưa tải về được do đường truyền. Thầy/cô gửi lại ảnh đó giúp.
attachment-unused = Tôi chỉ đọc được chữ và ảnh, nên tệp vừa gửi chưa được dùng. Thầy/cô gõ câu trả lời bằng chữ giúp nhé.

## Xem lại, sửa, nộp

review = Xem lại báo cáo "{ $title }" (gõ "sửa" và số câu để đổi, ví dụ: sửa 7):
edit-which = Thầy/cô muốn sửa câu số mấy? Ví dụ: 7, hoặc viết luôn: 7 = 45
edit-which-of =
    Thầy/cô muốn sửa dòng nào? Gõ số ở đầu dòng:
    { $lines }
edit-no-such = Không có câu { $number } (phiếu có { $total } câu). Gõ "xem lại" để thấy số của từng câu.
edit-done = Câu { $number } · { $name }: { $old } → { $new }
edit-follows = Đổi theo – { $name }: { $old } → { $new }
edit-undone = Đã hoàn lại: { $name }
preview = Đây là bản Word nháp, lập theo Nghị định 30/2020. Trang xem trước đang được dựng…
preview-pages = Thầy/cô xem giúp: đã đúng chưa?
submitted =
    ✅ Đã nộp lúc { $clock } ngày { $day } – mã biên nhận { $receipt }.
    { $until }
submitted-again =
    ✅ Đã nộp lại (bản { $version }) lúc { $clock } ngày { $day } – mã biên nhận { $receipt }.
    { $until }
submitted-in-time = Còn sửa và nộp lại được đến hết hạn.
submitted-late = Báo cáo nộp sau hạn, nên được ghi là nộp muộn.
submitted-already = Báo cáo đã nộp lúc { $clock } ngày { $day }, bản { $version }, mã biên nhận { $receipt }. Nếu sửa câu nào thì bấm "Nộp" lần nữa.
too-late-to-change = Đã quá hạn sửa; bản đã nộp vẫn giữ nguyên (mã biên nhận { $receipt }). Nếu cần sửa, thầy/cô liên hệ cơ quan phụ trách.
document-failed = Tôi chưa lập được văn bản. Câu trả lời vẫn còn nguyên; thầy/cô thử lại sau ít phút bằng cách gõ "xem bản Word".

## Trợ giúp, dữ liệu của tôi

help =
    Thầy/cô chỉ cần trả lời câu đang hỏi. Lúc nào cũng gõ được:
    – báo cáo: việc cần làm
    – tiếp tục: về câu đang dở
    – quay lại · bỏ qua · để sau
    – sửa 7 · sửa 7 = 45: đổi câu trả lời
    – xem lại · xem bản Word · nộp
    – bỏ ảnh 2 · thay ảnh 3 · chuyển ảnh 5 lên 1 · xem ảnh
    – kênh khác: làm tiếp trên máy khác
    – dữ liệu của tôi · xóa
my-data =
    Tôi đang giữ về thầy/cô:
    – Tên hiển thị: { $name }
    – Tài khoản: { $channels }
    – Trường: { $units }
    – Câu thầy/cô đã trả lời trong báo cáo đang làm: { $answered }; ảnh của báo cáo: { $photos }
    Tự xóa sau { $days } ngày không nhắn.
channel-telegram = Telegram
channel-web = trang chat
channel-console = cửa sổ dòng lệnh
delete-what = Thầy/cô muốn xóa gì? Tài khoản: tên, liên kết với trường, nội dung đã nhắn. Bản nháp: câu trả lời và ảnh chưa nộp của trường (đồng nghiệp cũng không xem được nữa).
deleted = Đã xóa tài khoản, liên kết với trường và nội dung đã nhắn ở đây. Bản sao lưu sẽ hết trong 30 ngày. Tin nhắn trong ứng dụng chat của thầy/cô thì thầy/cô tự xóa. Cảm ơn thầy/cô.
turn-failed = Xin lỗi thầy/cô, câu vừa rồi tôi chưa xử lý được; những câu trước vẫn còn nguyên. Thầy/cô gửi lại giúp, hoặc gõ "tiếp tục".

## Nút bấm

same-for-rest = Các ảnh còn lại ({ $count } ảnh) cũng vậy chứ?
button-same = Cũng vậy
button-one-by-one = Hỏi từng ảnh
button-right = Đúng
button-wrong = Sửa
button-not-mine = Không phải
button-agree = Đồng ý
button-disagree = Không đồng ý
button-more = Xem thêm
button-start = Bắt đầu
button-continue = Làm tiếp
button-look = Xem báo cáo
button-dispatch = Xem công văn
button-skip = Bỏ qua
button-back = Quay lại
button-later = Để sau
button-keep = Giữ nguyên
button-keep-it = Giữ
button-undo = Hoàn lại
button-change-it = Sửa
button-change = Đổi
button-leave = Để nguyên
button-other = Số khác
button-done = Xong
button-rewrite = Viết lại
button-add = Thêm
button-enough = Đủ rồi
button-submit = Nộp
button-review = Xem lại
button-preview = Xem bản Word
button-edit = Sửa
button-answer-missing = Trả lời nốt
button-delete = Xóa dữ liệu
button-delete-me = Xóa tài khoản của tôi
button-delete-all = Xóa cả bản nháp
button-cancel = Không xóa

## Thực đơn của Telegram

menu-baocao = Báo cáo cần nộp
menu-tieptuc = Làm tiếp câu đang dở
menu-sua = Sửa một câu trả lời
menu-xemlai = Xem lại các câu đã trả lời
menu-nop = Nộp báo cáo
menu-word = Xem bản Word
menu-trogiup = Trợ giúp
menu-kenhkhac = Làm tiếp trên máy khác
menu-dulieu = Dữ liệu của tôi
menu-xoa = Xóa dữ liệu

## Web chat: what the page itself says (the talk comes from the other parts)

web-title = Trợ lý báo cáo
web-bot = Trợ lý
web-you = Thầy/cô
web-log = Cuộc trò chuyện
web-welcome-title = Chào thầy/cô!
web-welcome = Tôi giúp thầy/cô làm báo cáo của trường ngay trong khung chat này: trả lời từng câu ngắn, gửi ảnh, và nhận văn bản Word hoàn chỉnh.
web-welcome-code = Có mã mời? Thầy/cô gõ mã vào ô bên dưới.
web-hello-button = Bắt đầu
web-hello = Xin chào
web-menu = Các lệnh thường dùng
web-input = Nhập câu trả lời
web-send = Gửi
web-camera = Chụp ảnh
web-gallery = Chọn ảnh có sẵn
web-to-newest = Xuống tin mới nhất
web-needs-script = Trang này cần JavaScript. Thầy/cô mở bằng Chrome, Safari, Cốc Cốc hoặc Firefox và bật JavaScript, rồi tải lại trang.

web-connecting = Đang kết nối…
web-online = Đã kết nối
web-offline = Không có mạng – tin sẽ tự gửi khi có mạng lại
web-reconnecting = Mất kết nối – thử lại sau { $seconds } giây
web-replying = Đang trả lời…
web-sending = Đang gửi…
web-sent = Đã gửi
web-unsent = Chưa gửi
web-send-again = Gửi lại
web-refused = Tin này không gửi được. Thầy/cô gõ lại ngắn hơn.
web-today = Hôm nay
web-yesterday = Hôm qua
web-choices = Các lựa chọn
web-choices-again = Xem lại các lựa chọn
web-chosen = Đã chọn: { $label }
web-pressed-unknown = (đã chọn)
web-came-by-link = (mở liên kết mời)
web-new-messages = { $count } tin mới
web-photo-gone = Ảnh này chưa tới nơi. Thầy/cô gửi lại ảnh.
web-photo-bigger = Xem ảnh lớn
web-photos-sending = Đang gửi { $done }/{ $all } ảnh…
web-upload-waiting = Chờ gửi
web-upload-too-big = Tệp lớn hơn { $limit } MB nên không gửi được. Thầy/cô chọn tệp nhỏ hơn, hoặc chụp lại ở cỡ ảnh thường.
web-upload-too-many = Mỗi lần gửi được nhiều nhất { $most } ảnh. Các ảnh còn lại thầy/cô gửi tiếp lần sau.
web-upload-quota = Hôm nay đã nhận quá nhiều tệp. Thầy/cô gửi tiếp vào ngày mai.
web-upload-remove = Bỏ ảnh này
web-download = Tải về
web-drop-here = Thả ảnh vào đây để gửi
web-no-storage = Trình duyệt không cho lưu tạm: đừng đóng trang khi còn tin chưa gửi.

# The menu: commands as they are written and said (the part of the key is the bot's own word)
web-say-bao-cao = báo cáo
web-say-tiep-tuc = tiếp tục
web-say-sua = sửa
web-say-xem-lai = xem lại
web-say-nop = nộp
web-say-xem-ban-word = xem bản Word
web-say-tro-giup = trợ giúp
web-say-kenh-khac = kênh khác
web-say-du-lieu-cua-toi = dữ liệu của tôi
web-say-xoa = xóa

## Other pages

web-home = Về khung chat
web-link-old-title = Liên kết đã hết hạn
web-link-old = Vì an toàn, liên kết tải tệp chỉ dùng được trong thời gian ngắn. Thầy/cô mở lại khung chat để lấy liên kết mới.
web-link-others-title = Liên kết này của người khác
web-link-others = Mỗi liên kết chỉ mở được trên thiết bị của người nhận. Thầy/cô mở khung chat của mình để tải tệp.
web-file-later-title = Tệp đang được chuẩn bị
web-file-later = Thầy/cô chờ một phút rồi tải lại trang này.
web-file-gone-title = Tệp không còn
web-file-gone = Tệp đã được xóa theo thời hạn lưu. Thầy/cô mở khung chat và gõ "xem lại" để tạo văn bản mới.
web-not-found-title = Không có trang này
web-not-found = Có thể liên kết bị thiếu một phần. Thầy/cô mở lại liên kết trong tin nhắn mời, hoặc vào khung chat.

web-demo-title = Dùng thử Trợ lý báo cáo
web-demo-lead = Đợt báo cáo mẫu đã sẵn sàng: { $campaign }. Mọi thứ chạy trên máy này, không gửi gì ra ngoài.
web-demo-teacher = Vào vai giáo viên
web-demo-teacher-text = Chọn một trường, trả lời vài câu như trên điện thoại của thầy/cô và nhận văn bản Word theo Nghị định 30.
web-demo-officer = Vào vai cán bộ
web-demo-officer-text = Theo dõi tiến độ, nhắc trường chưa nộp, trả lại từng câu, tổng hợp số liệu.
web-demo-coming = Sắp có
web-demo-step-1 = Trả lời từng câu ngắn
web-demo-step-2 = Gửi ảnh hoạt động
web-demo-step-3 = Nhận văn bản Word
web-demo-foot = Dữ liệu dùng thử chỉ nằm trên máy này.
