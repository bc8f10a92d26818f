## Chào hỏi, mã mời, đồng ý

welcome-stranger = Chào thầy/cô! Tôi là Trợ lý báo cáo, giúp trường làm báo cáo ngay trong khung chat này. Để bắt đầu, thầy/cô nhắn: BATDAU và mã mời, ví dụ: BATDAU 7K3M-9QXD. Mã mời do cơ quan phụ trách cấp.
code-unknown = Mã này chưa đúng. Mã mời gồm 8 chữ và số, ví dụ: 7K3M-9QXD. Thầy/cô xem lại giúp, hoặc hỏi người đã gửi mã.
code-used = Mã này đã có người dùng. Mỗi mã chỉ dùng được một lần; thầy/cô xin cơ quan phụ trách một mã mới nhé.
code-expired = Mã này đã hết hạn. Thầy/cô xin cơ quan phụ trách một mã mới nhé.
code-too-many = Thầy/cô đã gõ sai mã nhiều lần. Vui lòng xin cơ quan phụ trách một liên kết mời mới và mở liên kết đó.
join-school =
    Chào thầy/cô! Tôi là Trợ lý báo cáo của { $office }.
    Mã mời này thuộc { $school }. Đúng trường của thầy/cô chứ?
not-my-school = Vâng, mã này chưa dùng đến. Thầy/cô gửi giúp đúng mã của trường mình, ví dụ: 7K3M-9QXD.
hello = Chào thầy/cô! Tôi là Trợ lý báo cáo, ở đây để cùng thầy/cô làm báo cáo của { $school }.
hello-office = Chào thầy/cô! Tôi là Trợ lý báo cáo, ở đây để cùng thầy/cô theo dõi báo cáo của các trường cho { $school }.
consent = Tôi lưu: tài khoản chat, câu trả lời và ảnh thầy/cô gửi – chỉ để lập báo cáo; trường và cơ quan nhận báo cáo xem được; giữ đến { $days } ngày sau tin nhắn cuối; xóa bất cứ lúc nào bằng "xóa". Thầy/cô đồng ý chứ?
consent-more =
    Nói rõ hơn:
    – Lưu gì: mã tài khoản chat và tên hiển thị, câu trả lời, ảnh (đã bỏ vị trí và thời điểm chụp), tên và chức vụ người ký.
    – Để làm gì: chỉ để lập báo cáo của trường. Không hỏi tên, địa chỉ hay hoàn cảnh của học sinh; chỉ cần số lượng.
    – Ai xem: người cùng trường; cơ quan nhận báo cáo chỉ xem sau khi trường nộp.
    – Bao lâu: đến { $days } ngày sau tin nhắn cuối cùng của thầy/cô.
    – Quyền của thầy/cô: xem ("dữ liệu của tôi"), sửa, rút đồng ý và xóa ("xóa") bất cứ lúc nào. Phụ huynh muốn bỏ một ảnh: báo cho trường hoặc cơ quan phụ trách.
    Ứng dụng chat (Telegram, Zalo…) tự lưu tin nhắn theo quy định riêng của họ.
consent-refused = Vâng. Chưa có đồng ý thì tôi không lưu câu trả lời nào. Khi nào thầy/cô đổi ý, chọn "Đồng ý".
linked = ✓ Đã nối tài khoản này. Mọi việc đang làm dở đều có ở đây.
link-code =
    Để làm tiếp trên máy khác hoặc ứng dụng khác, trong 24 giờ tới:
    – trên trình duyệt: mở { $link }{ $ways }
    – hoặc nhắn cho Trợ lý ở ứng dụng kia: BATDAU { $code }

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
    Hạn: { $due } ({ $last }) – { $when }
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
    Phiếu có { $total } câu ngắn, chừng { $minutes } phút; tùy câu trả lời, có thể thêm vài câu. Nghỉ giữa chừng lúc nào cũng được, câu nào trả lời rồi là đã lưu.
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
how-many-choices = Chọn các ý rồi chọn "Xong", hoặc gõ số, ví dụ: 1 3
none-ticked = Chưa có ý nào được chọn. Thầy/cô chọn ít nhất một ý rồi chọn "Xong".
value-now = Đang ghi: { $value }
value-none = –
value-photo = đã có ảnh
value-later = (để sau)
echo = ✓ { $name }: { $value }
echo-short = ✓ { $name }
no-accents = Chỗ này chưa có dấu và văn bản sẽ in y như vậy. Muốn gõ lại có dấu: sửa { $number }
skipped = Đã bỏ qua: { $name }
postponed = Để sau: { $name }. Cuối phiếu tôi sẽ hỏi lại.
required-no-skip = Câu này báo cáo phải có, nên không bỏ qua được. Thầy/cô trả lời giúp, hoặc chọn "Để sau".
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
more-photos = { $name }: đã có { $rows } ảnh{ $most }. Gửi thêm ảnh, hoặc chọn "Đủ rồi".
at-most = {" "}(nhiều nhất { $most })
rows-at-least = Phiếu mong có ít nhất { $least } mục, mới có { $rows }. Thầy/cô thêm giúp; nếu không còn thì chọn "Đủ rồi" lần nữa.
photos-at-least = Phiếu mong có ít nhất { $least } ảnh, mới có { $rows }. Thầy/cô gửi thêm giúp; nếu không có thì chọn "Đủ rồi" lần nữa.
row-unclear = Thầy/cô chọn "Thêm" hoặc "Đủ rồi" giúp nhé.
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
    Thầy/cô viết thêm ý nữa, hoặc chọn "Xong".
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
button-of-other-report = Nút này thuộc một báo cáo khác. Chọn "Làm tiếp" để quay về việc đang làm.
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

photo-wanted = Câu này cần ảnh. Thầy/cô gửi ảnh JPEG, PNG hoặc HEIC; gửi cả chùm cũng được. Chưa có thì chọn "Để sau".
photo-empty = Ảnh này rỗng, có lẽ chưa tải lên xong. Thầy/cô gửi lại giúp.
photo-too-big = Ảnh này nặng quá 20 MB. Thầy/cô gửi dưới dạng ảnh thường (không phải tệp gốc), hoặc chụp màn hình ảnh rồi gửi.
photo-not-an-image = Tệp này không phải ảnh. Thầy/cô gửi ảnh chụp (JPEG, PNG, HEIC) từ thư viện ảnh của điện thoại giúp.
photo-broken = Ảnh này bị hỏng hoặc tải lên chưa hết nên không mở được. Thầy/cô gửi lại ảnh đó, hoặc gửi ảnh khác.
photo-too-many-pixels = Ảnh này quá lớn (hơn 80 triệu điểm ảnh). Thầy/cô gửi dưới dạng ảnh thường, hoặc chụp lại ở chế độ thường.
photo-warning-small = Ảnh { $number } hơi nhỏ, in ra có thể không rõ. Có ảnh gốc thì thầy/cô gửi ảnh gốc dưới dạng tệp.
photo-warning-blurred = Ảnh { $number } có vẻ bị mờ. Có ảnh rõ hơn thì gõ: thay ảnh { $number }
photo-warning-dark = Ảnh { $number } hơi tối. Có ảnh sáng hơn thì gõ: thay ảnh { $number }
photo-no-place = Phiếu này không có chỗ cho ảnh, nên ảnh vừa gửi chưa được dùng.
photo-no-report = Ảnh đẹp quá, nhưng thầy/cô chưa mở báo cáo nào. Chọn "Bắt đầu" rồi gửi lại ảnh giúp nhé.
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
submitted-already = Báo cáo đã nộp lúc { $clock } ngày { $day }, bản { $version }, mã biên nhận { $receipt }. Nếu sửa câu nào thì chọn "Nộp" lần nữa.
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
    – gửi tệp: gửi ảnh, tệp qua trang web khi ở đây không gửi được
    – kênh khác: làm tiếp trên máy khác
    – dữ liệu của tôi · xóa
my-data =
    Tôi đang giữ về thầy/cô:
    – Tên hiển thị: { $name }
    – Tài khoản: { $channels }
    – Số điện thoại: { $phone }
    – Trường: { $units }
    – Câu thầy/cô đã trả lời trong báo cáo đang làm: { $answered }; ảnh của báo cáo: { $photos }
    Tự xóa sau { $days } ngày không nhắn.
channel-telegram = Telegram
channel-web = trang chat
channel-console = cửa sổ dòng lệnh
app-zalo-bot = Zalo
app-zalo-oa = Zalo
channel-zalo-bot = Zalo Bot
channel-zalo-oa = Zalo OA

usage-messages = ⚠️ { $channel } đã dùng { $messages }/{ $most } tin của tháng này. Khi dùng đến 95 %, thông báo chung sẽ tạm dừng trên kênh này để dành tin cho việc báo cáo.
usage-stopped = ⛔ { $channel } đã dùng { $messages }/{ $most } tin của tháng này. Thông báo chung tạm dừng trên kênh này đến tháng sau; việc báo cáo và nhắc hạn vẫn tiếp tục. Thầy/cô mời các trường dùng thêm trang chat: nhắn "kênh khác".
usage-people = ⚠️ { $channel } đã có { $people }/{ $most_people } người dùng. Hết chỗ thì người mới không nhắn được; nên dùng Zalo OA hoặc trang chat cho các trường còn lại.
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
web-input = Nhập tin nhắn
web-send = Gửi
web-camera = Chụp ảnh
web-gallery = Chọn ảnh hoặc tệp
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
web-drop-here = Thả ảnh hoặc tệp vào đây để gửi
web-no-storage = Trình duyệt không cho lưu tạm: đừng đóng trang khi còn tin chưa gửi.

# The menu: commands as they are written and said (the part of the key is the bot's own word)
web-say-bao-cao = báo cáo
web-say-tiep-tuc = tiếp tục
web-say-sua = sửa
web-say-xem-lai = xem lại
web-say-nop = nộp
web-say-xem-ban-word = xem bản Word
web-say-tro-giup = trợ giúp
web-say-tien-do = tiến độ
web-say-ai-chua-nop = ai chưa nộp
web-say-cac-dot = các đợt
web-say-tai-excel = tải Excel
web-say-bao-cao-tong-hop = báo cáo tổng hợp
web-say-phieu-mau = phiếu mẫu
web-say-mo-dot = mở đợt
web-say-danh-sach-truong = danh sách trường
web-say-phieu-moi = phiếu mời
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
web-demo-officer-go = Vào phòng làm việc của cán bộ
web-demo-more = Xem thêm { $count } trường
web-demo-step-1 = Trả lời từng câu ngắn
web-demo-step-2 = Gửi ảnh hoạt động
web-demo-step-3 = Nhận văn bản Word
web-demo-foot = Dữ liệu dùng thử chỉ nằm trên máy này.

## Phía cơ quan

office-menu =
    Tôi giúp thầy/cô theo dõi đợt báo cáo. Bấm nút, hoặc gõ chẳng hạn:
    – tiến độ · ai chưa nộp · nhắc chưa nộp
    – xem TH Bình An · duyệt TH Bình An · duyệt tất cả
    – trả lại TH Bình An: câu 12 thiếu kinh phí
    – gia hạn TH Bình An đến 17h mai
    – thông báo chưa nộp: (lời nhắn)
    – tải Excel · tải ZIP · báo cáo tổng hợp
    – phiếu mẫu · mở đợt · danh sách trường · phiếu mời
office-no-campaign = Cơ quan của thầy/cô chưa mở đợt báo cáo nào.
office-campaigns =
    Các đợt báo cáo:
    { $lines }
office-campaign-line = { $number }. { $title } – { $due } – { $state }
campaign-open-word = đang mở
campaign-closed-word = đã đóng
office-progress =
    { $title }: { $done }/{ $total } trường đã nộp, { $drafting } đang làm, { $expected } chưa bắt đầu ({ $when }).
office-progress-accepted = ✅ Đã duyệt: { $count }
office-progress-waiting = 📥 Chờ duyệt: { $count }
office-progress-returned = ↩ Đang sửa lại: { $count }
office-progress-late = ⏰ Quá hạn chưa nộp: { $count }
office-progress-took = Một nửa số trường đã nộp chỉ mất { $time } kể từ khi mở đợt.
time-hours = { $count } giờ
time-days = { $count } ngày
days-over = đã quá hạn { $days } ngày
office-nobody-missing = ✅ Tất cả các trường đã nộp.
office-missing =
    { $title } ({ $when }) – các trường chưa nộp:
    { $lines }
office-missing-returned = Đang sửa lại ({ $count }):
office-missing-drafting = Đang làm ({ $count }):
office-missing-expected = Chưa bắt đầu ({ $count }):
office-waits-for-head = chờ thủ trưởng duyệt
and-more = … và { $count } mục nữa
office-no-school = Không thấy trường nào tên "{ $typed }" trong đợt này. Thầy/cô gõ lại tên giúp, ví dụ: { $example }
office-which-school = "{ $typed }" có thể là một trong các trường sau. Thầy/cô chọn giúp:
office-not-asked = { $school } không nằm trong đợt "{ $title }".
office-plan-gone = Việc này đã làm, đã hủy hoặc đã được thay bằng việc mới hơn; không có gì thay đổi thêm.
office-dropped = Vâng, không làm gì cả.
not-allowed = Thầy/cô không có quyền làm việc này ({ $deed }) với đơn vị đó.
not-for-you = Nút này dành cho cán bộ phụ trách. Thầy/cô gõ "báo cáo" để xem việc của trường mình.
office-file-wanted = Tôi đang chờ tệp. Thầy/cô gửi tệp vào đây, hoặc gõ "thôi".

office-waiting-count = Còn { $count } báo cáo chờ duyệt.
office-nothing-to-review = Không còn báo cáo nào chờ duyệt.
office-report =
    { $school } – { $status }
    Bản { $version }, nộp lúc { $clock } ngày { $day }{ $late }, mã biên nhận { $receipt }.
office-status-submitted = chờ duyệt
office-status-returned = đang sửa lại
office-status-accepted = đã duyệt
office-status-drafting = đang làm
office-status-expected = chưa bắt đầu
office-was-late = { " " }(nộp muộn)
office-not-submitted =
    { $school } chưa nộp ({ $status }). Hạn: { $due }.
    Người trong hệ thống: { $people }
    Liên hệ: { $contact }
office-nobody-joined = chưa có ai
office-nothing-submitted = Trường này chưa nộp lần nào, nên chưa có gì để xem hay trả lại.
office-text-end = Hết bài. Thầy/cô duyệt, hoặc trả lại câu nào cần sửa.
office-history =
    Nhật ký của { $school }:
    { $lines }
office-one-version = Báo cáo này mới có một bản, chưa có gì để so sánh.
office-changes =
    { $school } – bản { $version } khác bản trước:
    { $lines }
change-line = Câu { $number } · { $name }: { $old } → { $new }
no-changes = (không có câu nào thay đổi)
value-gone = (không còn)
office-newer-version = Trường vừa nộp bản { $version }, mới hơn bản thầy/cô đang xem. Xin xem bản này trước khi duyệt.
office-cannot-accept = { $school } không có báo cáo nào đang chờ duyệt.
office-accepted = ✅ Đã duyệt báo cáo của { $school }, đã báo cho { $count } người.
office-nothing-plain = Không có báo cáo nào duyệt chung được; các báo cáo còn lại cần xem riêng.
office-accept-all =
    Duyệt { $count } báo cáo đã nộp đúng hạn, đủ câu trả lời?{ $odd }
office-odd = { "\u000A" }Để xem riêng: { $names }.
office-accepted-all = ✅ Đã duyệt { $count } báo cáo.{ $left }
office-accepted-left = { " " }Để lại { $count } báo cáo vừa có bản mới.
office-not-accepted = Báo cáo này chưa được duyệt, nên không cần mở lại.
office-reopened = Đã mở lại báo cáo của { $school }; trường sửa và nộp lại được.
office-accepted-already = Báo cáo của { $school } đã duyệt. Mở lại rồi hãy trả lại.
office-which-questions =
    Trả lại câu nào của { $school }, vì sao? Gõ số câu và lý do, mỗi câu một dòng, ví dụ:
    12 thiếu kinh phí vận động
    14 số học sinh chưa khớp
office-no-such-question = Chưa rõ trả lại câu nào (không có câu: { $numbers }; phiếu có { $total } câu). Gõ số câu rồi lý do, ví dụ: 12 thiếu kinh phí vận động
return-line = Câu { $number } · { $name } (đang ghi: { $value }) – { $reason }
return-no-reason = xin xem lại
office-return =
    Trả lại { $school } { $count } câu:
    { $lines }
    Các câu khác giữ nguyên. Gửi chứ?
office-returned = ↩ Đã trả lại { $school } { $count } câu. { $names } chỉ phải trả lời lại các câu đó (đã báo { $reached } người).

office-until-when = Gia hạn đến khi nào? Ví dụ: 17h mai, hết thứ sáu, 20/10
office-until-unclear = Tôi chưa rõ "{ $typed }" là lúc nào, hoặc lúc đó đã qua. Ví dụ: 17h mai, hết thứ sáu, hết ngày { $day }
office-extend = Gia hạn cho { $school } đến { $until }?
office-extended = ✓ Đã gia hạn cho { $school } đến { $until } (đã báo { $reached } người).
office-refused = Đã từ chối gia hạn cho { $school } (đã báo { $reached } người).
office-decided-already = Đề nghị này đã được giải quyết rồi.
office-extend-all = Dời hạn của cả đợt "{ $title }" đến { $until }? { $count } trường chưa nộp sẽ được báo.
office-deadline-set = ✓ Hạn mới: { $until }. Đã báo { $reached } người.
office-close = Đóng đợt "{ $title }"? Đóng rồi thì không nhận báo cáo nữa.{ $left }
office-close-left = { "\u000A" }Còn { $count } trường chưa nộp: { $names }.
office-closed = Đã đóng đợt "{ $title }".
office-campaign-reopened = Đã mở lại đợt "{ $title }".
office-late-unclear = Hạn nhận muộn phải sau hạn nộp ({ $due }). Ví dụ: nhận muộn đến hết ngày 20/10
office-late-set = ✓ Nhận báo cáo muộn đến { $until }; sau đó khóa.
office-mailbox-lost = { "\u000A" }Không gửi được bản mềm của: { $names }.
office-mailbox = Hộp thư nhận bản mềm: { $mailbox }. Muốn đổi, gõ: hộp thư: ten@moet.edu.vn; muốn thôi, gõ: hộp thư: không{ $lost }
office-mailbox-set = ✓ Mỗi báo cáo nộp lên sẽ được gửi kèm vào { $mailbox }.
office-mailbox-off = ✓ Không gửi bản mềm qua thư nữa.
office-sign-off-on = ✓ Từ nay thủ trưởng duyệt trong chat rồi báo cáo "{ $title }" mới được tính là nộp.
office-sign-off-off = ✓ Người báo cáo nộp thẳng, không cần thủ trưởng duyệt trong chat.

office-send-form = Thầy/cô gửi tệp Excel của phiếu (XLSForm) vào đây. Chưa có thì gõ "phiếu mẫu".
office-form-fault =
    Phiếu này chưa dùng được ({ $counted }). Sửa các chỗ sau rồi gửi lại:
    { $fault }{ $shown }
office-form-without-template = Bản trước trình bày theo mẫu Word riêng, bản này không kèm mẫu. Muốn giữ mẫu thì nén phiếu cùng report.docx thành một tệp .zip rồi gửi lại.
office-form-again =
    Đợt "{ $title }" đang chạy với bản trước của phiếu này (bản mới: thêm { $added } câu, bớt { $dropped } câu, đổi kiểu { $changed } câu).
    Thay phiếu của đợt đang chạy? Câu trả lời đã có được giữ, các trường chỉ phải trả lời câu mới.
office-published = ✓ Đợt "{ $title }" dùng phiếu mới từ bây giờ. Đã báo cho { $people } người đang làm hoặc đã nộp.
office-published-already = Đợt "{ $title }" đang dùng đúng phiếu này.
button-publish = Thay phiếu đang chạy
button-open-another = Mở đợt mới
office-form-read = ✓ Đã đọc phiếu "{ $title }": { $questions } câu hỏi. Có mẫu Word riêng (report.docx) thì thầy/cô gửi luôn.
office-trial = Tôi trả lời thử phiếu như một trường (trả lời ngẫu nhiên, không kèm ảnh). Văn bản sẽ như sau; chưa trường nào nhận được gì:
office-trial-pages = Từng trang khi in. Chưa vừa ý thì sửa phiếu Excel rồi gửi lại vào đây.
office-trial-name = Bản thử { $title }
office-ask-title = Tên đợt báo cáo? (lần trước: { $old })
office-ask-due = Hạn nộp? Gõ đúng lời công văn, ví dụ: trước ngày { $day }
office-ask-fact = { $name }?{ $before }
office-fact-before = { " " }(lần trước: { $value })
office-fact-default = { " " }(phiếu ghi sẵn: { $value })
office-ask-recipients =
    Gửi cho những trường nào? Có { $count } trường.
    Gõ { $groups }tên các trường, cách nhau dấu phẩy.
office-groups = { $groups } hoặc{ " " }
office-group-levels = cấp ({ $levels })
office-group-clusters = cụm ({ $clusters })
office-no-recipients = Tôi chưa rõ "{ $typed }" là những trường nào. Ví dụ: TH, THCS · cụm 1 · TH Bình An, MN Hoa Sen
office-open =
    Mở đợt "{ $title }"
    Hạn: { $due } (là { $until })
    Cho { $count } trường{ $names }.
    { $facts }
office-opened = ✅ Đã mở đợt "{ $title }" cho { $count } trường, đã báo { $reached } người.
office-send-dispatch = Thầy/cô gửi tệp công văn (PDF hoặc Word) vào đây.
office-dispatch-kept = ✓ Đã kèm công văn "{ $name }" vào đợt "{ $title }". Các trường chọn "Xem công văn" để đọc.

button-open-campaign = Mở đợt báo cáo
button-campaigns = Các đợt
button-progress = Tiến độ
button-who-not = Ai chưa nộp
button-review-next = Duyệt báo cáo
button-remind = Nhắc { $count } trường
button-remind-one = Nhắc trường này
button-excel = Tải Excel
button-more-office = Việc khác
button-accept = Duyệt
button-accept-count = Duyệt { $count } báo cáo
button-return = Trả lại
button-reopen-report = Mở lại
button-undo-accept = Bỏ duyệt
button-read-text = Đọc chữ
button-changes = Xem khác bản trước
button-history = Nhật ký
button-extend = Gia hạn
button-grant = Cho gia hạn
button-refuse = Từ chối
button-drop = Hủy
button-close-campaign = Đóng đợt
button-reopen-campaign = Mở lại đợt
button-trial = Xem thử văn bản
button-as-before = Như lần trước
button-as-in-form = Như phiếu ghi
button-all-schools = Tất cả các trường
button-open-now = Mở đợt
button-send-dispatch = Gửi kèm công văn
button-import = Nhập danh sách trường
button-fix-now = Sửa ngay
button-look-approve = Xem và duyệt
button-approve = Duyệt và nộp
button-give-back = Chưa được
button-ask-extension = Xin gia hạn

role-reporter = người báo cáo
role-head = thủ trưởng
role-officer = cán bộ phụ trách
role-admin = quản trị

end-of-day = hết ngày { $day }
at-hour = { $clock } ngày { $day }
latest-day = chậm nhất hết { $day }
latest-hour = chậm nhất lúc { $clock } ngày { $day }

## Báo tin cho trường

notice-new-campaign =
    📋 Đợt báo cáo mới: { $title }
    Hạn: { $due } ({ $last }).
notice-new-deadline =
    Hạn nộp "{ $title }" đã đổi: { $due } ({ $last }).
notice-accepted = ✅ Báo cáo "{ $title }" (bản { $version }, mã { $receipt }) đã được duyệt. Cảm ơn thầy/cô!
notice-returned =
    ↩ "{ $title }" cần sửa { $count } câu:
    { $lines }
    Thầy/cô chỉ trả lời lại các câu này, các câu khác giữ nguyên.
returned-line = Câu { $number } · { $name }: { $reason }
returned-because = ↩ Cần sửa: { $reason }
resume-returned = Còn { $count } câu cơ quan phụ trách đề nghị sửa.
notice-reopened = Báo cáo "{ $title }" đã được mở lại, thầy/cô sửa và nộp lại được.
notice-new-form =
    Phiếu của "{ $title }" vừa có bản mới: thêm { $added } câu, bớt { $dropped } câu, đổi kiểu { $changed } câu.
    Những gì thầy/cô đã trả lời vẫn giữ nguyên; Trợ lý chỉ hỏi thêm phần mới.
notice-extended = ✓ "{ $title }" của trường được gia hạn: { $due } (đến { $last }).
notice-extension-asked =
    { $school } xin gia hạn "{ $title }" đến { $until }.
    Lý do: { $reason }
notice-extension-refused = Đề nghị gia hạn "{ $title }" chưa được chấp thuận. Hạn vẫn là: { $due }.
notice-prepared = { $name } đã làm xong "{ $title }", chờ thầy/cô duyệt rồi mới nộp.
notice-not-approved =
    Thủ trưởng chưa duyệt "{ $title }":
    { $reason }
notice-membership-ended = Thầy/cô không còn phụ trách báo cáo của { $unit }. Cảm ơn thầy/cô!
notice-new-version =
    { $school } đã nộp lại (bản { $version }):
    { $lines }
changes-sent =
    Những chỗ khác bản trước:
    { $lines }
prepared = ✓ Đã chuyển cho thủ trưởng duyệt. Khi thủ trưởng duyệt, báo cáo được nộp và tôi báo lại ngay.
prepared-no-head = Báo cáo đã sẵn sàng, nhưng { $school } chưa có thủ trưởng nào trong hệ thống để duyệt. Thầy/cô xin cơ quan phụ trách mã mời cho thủ trưởng.
prepared-already = "{ $title }" đang chờ thủ trưởng duyệt. Muốn sửa thêm thì cứ sửa; sửa xong chọn "Nộp" lần nữa.
prepared-no-more = Báo cáo này không còn chờ duyệt.
head-approves =
    { $name } đã làm xong "{ $title }". Thầy/cô xem rồi duyệt để nộp.
head-why-not = Cần sửa gì? Thầy/cô gõ vài chữ, tôi chuyển cho người làm báo cáo.
head-gave-back = Đã chuyển lại cho người làm báo cáo.
accepted-already = Báo cáo đã được duyệt (mã { $receipt }), nên không nộp lại nữa. Cần sửa thì thầy/cô đề nghị cơ quan phụ trách mở lại.
too-late = Đã hết thời gian nhận báo cáo muộn. Bài làm vẫn còn nguyên; thầy/cô có thể xin gia hạn.
more-time-ask = Trường cần thêm đến khi nào, vì sao? Ví dụ: đến 17h thứ sáu vì mất điện
more-time-unclear = Tôi chưa rõ xin đến lúc nào (phải sau hạn hiện nay: { $due }). Ví dụ: đến 17h thứ sáu vì mất điện
more-time-too-early = Lúc đó chưa quá hạn hiện nay ({ $due }). Thầy/cô xin đến một ngày sau hạn, ví dụ: đến 17h thứ sáu tuần sau vì mất điện
more-time-asked = Đã gửi đề nghị gia hạn đến { $until } (lý do: { $reason }). Được trả lời là tôi báo ngay.
more-time-nobody = Đã ghi đề nghị gia hạn đến { $until } (lý do: { $reason }), nhưng cơ quan phụ trách chưa có ai trong chat; thầy/cô gọi điện giúp.

## Tên việc, trong nhật ký và khi không được phép

deed-submit = nộp báo cáo
deed-accept = duyệt báo cáo
deed-return = trả lại câu hỏi
deed-reopen-report = mở lại báo cáo
deed-extend = gia hạn
deed-ask-extension = xin gia hạn
deed-refuse-extension = từ chối gia hạn
deed-prepare = chuyển thủ trưởng duyệt
deed-not-approved = thủ trưởng chưa duyệt
deed-approve = duyệt của thủ trưởng
deed-open-campaign = mở đợt
deed-close-campaign = đóng đợt
deed-reopen-campaign = mở lại đợt
deed-change-campaign = đổi cách làm của đợt
deed-publish-form = thay phiếu của đợt đang chạy
deed-set-deadline = dời hạn
deed-invite = mời người
deed-invite-to-school = mời người của trường
deed-invite-to-office = mời cán bộ
deed-end-membership = cho thôi phụ trách
deed-fill = trả lời phiếu
deed-see-report = xem báo cáo
deed-see-own-status = xem việc của trường
deed-see-progress = xem tiến độ
deed-see-totals = xem số liệu tổng hợp
deed-remind = nhắc nộp
deed-broadcast = gửi thông báo
deed-import-roster = nhập danh sách trường
deed-submit-office-report = nộp báo cáo của cơ quan
deed-see-audit = xem nhật ký
menu-giahan = Xin gia hạn
menu-lich = Lịch các hạn nộp

## Mời người

invitation-made = Mã mời ({ $role }) cho { $unit }. Thầy/cô chuyển tiếp tin dưới đây; mã chỉ dùng được một lần:
invitation-text =
    Kính gửi { $unit }: mời thầy/cô làm báo cáo qua Trợ lý báo cáo.
    Mở liên kết: { $link }
    Hoặc nhắn cho Trợ lý: BATDAU { $code }
invite-nobody-left = Trường nào cũng đã có người báo cáo trong hệ thống.
invite-all =
    { $count } trường chưa có người báo cáo: { $names }.
    Tạo mã mời cho các trường này? (mã cũ chưa dùng sẽ hết hiệu lực)
invite-all-made = ✓ Đã tạo { $count } mã mời. Tệp này in ra rồi cắt thành từng phiếu, mỗi trường một phiếu có mã QR.
office-members =
    { $unit }:
    { $lines }
office-member-gone = ✓ Người đó không còn phụ trách báo cáo của { $unit }. Bài đang làm vẫn còn nguyên cho người kế tiếp.
office-audit =
    Nhật ký gần đây:
    { $lines }
calendar = Thầy/cô mở tệp này để thêm hạn nộp vào lịch của điện thoại.
button-make-codes = Tạo { $count } mã
button-let-go = Thôi phụ trách: { $name }
button-invite-reporter = Mời người báo cáo
button-invite-head = Mời thủ trưởng
button-invite-successor = Mời người kế tiếp
web-say-lich = lịch
web-say-xin-gia-han = xin gia hạn

# Nhắc hạn

remind-one =
    🔔 Nhắc thầy/cô: còn 1 báo cáo chưa nộp.
    { $lines }
remind-several =
    🔔 Nhắc thầy/cô: còn { $count } báo cáo chưa nộp.
    { $lines }
remind-line =
    • { $title } – { $school }
    Hạn: { $due } – { $left }. { $state }
remind-more = … và { $count } mục nữa.
template-and-more = { $title } và { $count } báo cáo khác
template-any-news = việc báo cáo của đơn vị
template-broadcast = thông báo của { $office }
remind-expected = Chưa bắt đầu.
remind-drafting = Đang làm dở.
remind-returned = Được trả lại, cần sửa rồi nộp lại.
remind-prepared = Đã soạn xong, chờ thủ trưởng duyệt.
left-days = còn { $count } ngày
left-hours = còn { $count } giờ
left-minutes = còn { $count } phút
late-days = đã quá hạn { $count } ngày
late-hours = đã quá hạn { $count } giờ
late-minutes = đã quá hạn { $count } phút
button-snooze-2 = Nhắc lại sau 2 giờ
button-snooze-afternoon = Nhắc lại chiều nay
button-snooze-tomorrow = Nhắc lại ngày mai
snoozed = Vâng, tôi sẽ nhắc lại lúc { $clock } ngày { $day }.
snooze-how = Thầy/cô muốn được nhắc lại lúc nào? Ví dụ: 2 giờ, chiều nay, mai, thứ hai
call-list =
    📞 Cần gọi điện cho { $count } trường:
    { $lines }
call-line =
    • { $school } – { $contact }
    { $title }: { $left }; { $why }
call-late = đã nhắc { $count } lần
call-nobody = chưa có ai của trường vào nhận việc
call-unreachable = không gửi được tin cho ai của trường
call-no-contact = chưa có số điện thoại
ladder-days = { $list } ngày
ladder-hours = { $list } giờ
ladder-and = { " và " }
ladder-before = { $list } trước hạn
ladder-late = quá hạn: { $list }
ladder-daily = mỗi ngày
ladder-every = { $days } ngày một lần
ladder-late-day = sau { $days } ngày
ladder-never = không nhắc
calendar-name = Việc của trường tôi
calendar-due = Hạn nộp: { $title }
calendar-about =
    { $school }
    Hạn: { $due }
calendar-alarm = Nhắc hạn nộp: { $title }

office-remind =
    Nhắc { $schools } trường ({ $people } người) nộp "{ $title }"? Lời nhắc nêu rõ hạn và thời gian còn lại.{ $unreached }
office-remind-unreached = { "\u000A" }Chưa nhắn được cho { $count } trường (chưa ai trong hệ thống): { $names }.
office-remind-nobody = Không có ai để nhắc.{ $unreached }
office-reminded-already = Các trường này vừa được nhắc cách đây mấy phút, nên tôi không nhắc thêm.
office-reminded = ✓ Đã nhắc { $count } người của { $schools } trường.
office-ladder = Tự động nhắc: { $ladder }. Muốn đổi, gõ chẳng hạn: lịch nhắc: 7, 3, 1 ngày và 3 giờ trước, rồi mỗi ngày (hoặc: nhẹ, vừa, gắt, không)
office-ladder-unclear = Tôi chưa rõ lịch nhắc đó. Ví dụ: lịch nhắc: 7, 3, 1 ngày và 3 giờ trước, rồi mỗi ngày. Hiện nay: { $ladder }.
office-ladder-set = ✓ Từ nay tự động nhắc: { $ladder }.
button-send = Gửi

## Thông báo chung

button-received = Đã nhận
button-bpause = Tạm dừng
button-bresume = Gửi tiếp
button-bcancel = Hủy gửi
button-bretry = Gửi lại cho người chưa nhận được
broadcast-audience = Gửi tới { $people } người của { $schools } trường: { $channels }.
broadcast-unreachable = Không liên lạc được: { $names }
broadcast-nobody = Trường chưa có ai tham gia: { $names }
broadcast-running = 📣 Đang gửi thông báo
broadcast-paused = ⏸ Thông báo đang tạm dừng
broadcast-cancelled = Thông báo đã hủy
broadcast-done = ✅ Thông báo đã gửi xong
broadcast-sums = { $done }/{ $total } người ({ $percent }%)
broadcast-count-sent = – Đã gửi: { $count }
broadcast-count-acknowledged = – Đã bấm "Đã nhận": { $count }
broadcast-count-failed = – Không gửi được: { $count }
broadcast-count-unknown = – Không rõ đã đến hay chưa: { $count }
broadcast-count-cancelled = – Không gửi nữa: { $count }
broadcast-failure = • { $name }, { $school }: { $why }
broadcast-why-gone = đã chặn Trợ lý hoặc đã xóa tài khoản
broadcast-why-away = kênh chat không cho nhắn lúc này (đã lâu chưa nhắn cho Trợ lý); xin gọi điện
broadcast-held = ⏸ { $count } người đang chờ: { $channels } đã dùng 95 % số tin của tháng, thông báo chung tạm dừng trên kênh này.
broadcast-why-rejected = ứng dụng chat không nhận tin này
broadcast-why-lost = đường truyền đứt khi đang gửi; thầy/cô hỏi lại giúp, Trợ lý không tự gửi lần hai
broadcast-more = và { $count } nơi khác

# Danh sách trường gửi lên bằng tệp

roster-too-big = Tệp lớn quá: tôi chỉ nhận danh sách đến { $megabytes } MB. Thầy/cô bỏ ảnh, các trang không cần rồi gửi lại giúp.
roster-too-many-rows = Trang “{ $sheet }” có hơn { $most } dòng nên tôi không đọc. Thầy/cô chỉ giữ lại danh sách trường rồi gửi lại giúp.
roster-empty = Tệp này trống. Thầy/cô kiểm tra rồi gửi lại giúp.
roster-old-excel = Tệp này là Excel đời cũ (.xls) hoặc có mật khẩu. Thầy/cô mở tệp, chọn Lưu thành (Save as) → Excel Workbook (.xlsx), không đặt mật khẩu, rồi gửi lại giúp.
roster-kind = Tôi chỉ đọc được danh sách Excel (.xlsx) hoặc CSV. Thầy/cô chép danh sách vào Excel rồi gửi lại giúp.
roster-unreadable = Tệp bị hỏng nên tôi không mở được. Thầy/cô mở bằng Excel, lưu lại thành .xlsx rồi gửi lại giúp.
roster-encoding = Tôi không đọc được chữ trong tệp. Thầy/cô mở bằng Excel, lưu thành .xlsx rồi gửi lại giúp.
roster-old-font = Trang “{ $sheet }”, ô { $column }{ $row } dùng phông chữ cũ (TCVN3 hoặc VNI) nên tôi không đọc được. Thầy/cô chuyển sang Unicode (bằng Unikey: Ctrl + Shift + F6) rồi gửi lại giúp.
roster-no-list = Tôi không thấy danh sách trường trong trang “{ $sheet }”. Thầy/cô đặt một cột có tiêu đề “Tên trường”, mỗi trường một dòng, rồi gửi lại giúp.

roster-added = + { $count } trường mới: { $names }
roster-changed = ~ { $count } trường đổi: { $changes }
roster-change = { $field }: { $before } → { $after }
roster-unchanged = = { $count } trường không đổi
roster-missing = ? { $count } trường có trong hệ thống nhưng không có trong tệp (tôi giữ nguyên): { $names }
roster-hidden = Tôi bỏ qua { $count } dòng đang ẩn trong tệp.
roster-more = … và { $count } trường nữa
roster-warning = ⚠ dòng { $row }, cột { $column }: { $text }
roster-warning-sheet = ⚠ trang “{ $sheet }”, dòng { $row }, cột { $column }: { $text }
roster-more-warnings = ⚠ … và { $count } chỗ nữa cần xem lại.
roster-field-name = tên
roster-field-level = cấp học
roster-field-cluster = cụm
roster-field-code = mã trường
roster-field-head = hiệu trưởng
roster-field-phone = điện thoại
roster-field-email = email

roster-row-no-level = “{ $name }” thuộc cấp học nào? Ghi MN, TH, THCS… trước tên hoặc vào cột Cấp học.
roster-row-no-name = “{ $name }” chưa có tên riêng. Ghi đủ tên, ví dụ: TH Bình An.
roster-row-two-levels = “{ $name }”: tên ghi { $one } nhưng cột cấp học ghi { $other }. Sửa cho khớp.
roster-row-twice = “{ $name }” trùng với dòng { $other }. Xoá một dòng, hoặc ghi tên cho khác nhau.
roster-row-several = “{ $name }” có thể là: { $others }. Ghi rõ cấp học, cụm hoặc mã trường.
roster-row-accents = “{ $name }” khác dấu với { $others }. Sửa dấu cho đúng, hoặc ghi mã trường.
roster-row-alike = “{ $name }” gần giống { $other }. Nếu là một, ghi đúng tên ấy; nếu là hai trường, ghi cả hai vào tệp.
roster-row-other-code = “{ $name }” mang mã của { $other }. Sửa lại mã trường.
roster-row-closed = { $name } đã ngừng hoạt động trong hệ thống. Bỏ dòng này, hoặc ghi tên mới.
roster-row-formula = ô tên báo lỗi { $name }. Gõ lại tên trường.
roster-row-long = tên dài quá: “{ $name }…”. Viết gọn lại.
roster-cell-phone = “{ $value }” không phải số điện thoại; tôi bỏ qua ô này. Ghi đủ 10 số, ví dụ 0912345678.
roster-cell-rounded = Excel đã làm tròn số điện thoại “{ $value }”; tôi bỏ qua ô này. Đổi ô sang kiểu Text rồi gõ lại số.
roster-cell-email = “{ $value }” không phải địa chỉ email; tôi bỏ qua ô này.
roster-cell-formula = ô báo lỗi { $value }; tôi bỏ qua ô này. Gõ lại giá trị.
roster-cell-too-long = ô dài quá: “{ $value }…”; tôi bỏ qua ô này. Viết gọn lại.

## Tổng hợp: sổ Excel, tệp CSV, tệp nén

totals-sheet-main = Tổng hợp
totals-sheet-missing = Chưa nộp
totals-sheet-source = Nguồn
totals-number = STT
totals-school = Trường
totals-level = Cấp học
totals-cluster = Cụm
totals-office = Cơ quan
totals-status = Tình trạng
totals-due = Hạn nộp
totals-submitted-at = Nộp lúc
totals-version = Lần nộp
totals-receipt = Mã biên nhận
totals-row = Dòng
totals-sum = Tổng cộng
totals-photo = có ảnh
totals-contact = Người liên hệ
totals-phone = Điện thoại
totals-status-accepted = Đã duyệt
totals-status-submitted = Đã nộp
totals-status-returned = Đã nộp, đang sửa
totals-status-late = Nộp muộn
totals-status-drafting = Đang làm
totals-status-expected = Chưa bắt đầu
totals-status-overdue = Quá hạn, chưa nộp
totals-status-after = Nộp sau khi chốt số liệu
totals-source-title = Đợt báo cáo
totals-source-due = Hạn nộp
totals-source-frozen = Số liệu chốt
totals-source-at-deadline = { $at }, đúng hạn nộp
totals-source-units = Số đơn vị
totals-source-in = Đã nộp
totals-source-late = Nộp muộn
totals-source-missing = Chưa nộp
totals-source-form = Dấu vân tay của mẫu báo cáo
totals-source-note = Mỗi dòng ghi trường, lần nộp và mã biên nhận của báo cáo đã lấy số liệu.
totals-file-xlsx = Tổng hợp { $title }
totals-file-csv = Tổng hợp { $title } (CSV)
totals-file-zip = Báo cáo của các đơn vị - { $title }
totals-file-document = { $school } - Báo cáo { $title }

## Hình tiến độ

progress-done = đã nộp
progress-doing = đang làm
progress-waiting = chưa bắt đầu
progress-overdue = quá hạn
progress-of = { $done }/{ $all }
progress-submitted = trường đã nộp
progress-due = Hạn: { $due }
progress-at = Lúc { $at }
progress-no-level = Khác
progress-late-title = Quá hạn, chưa nộp: { $count } trường
progress-more = và { $count } trường nữa
progress-file = Tiến độ { $title }

## Báo cáo của cơ quan

office-paper-name = Báo cáo tổng hợp { $title }
office-paper-subject = Về việc tổng hợp kết quả { $title }
office-paper-opening = { $office } đã yêu cầu { $count } đơn vị báo cáo “{ $title }”, thời hạn { $due }. Trên cơ sở báo cáo của các đơn vị tính đến { $at }, { $office } báo cáo kết quả như sau:
office-paper-opening-dispatch = Ngày { $date }, { $office } ban hành Công văn số { $number } yêu cầu { $count } đơn vị báo cáo “{ $title }”, thời hạn { $due }. Trên cơ sở báo cáo của các đơn vị tính đến { $at }, { $office } báo cáo kết quả như sau:
office-paper-standing = Tình hình nộp báo cáo
office-paper-standing-item = Kết quả chung
office-paper-standing-text = Tổng số đơn vị phải báo cáo: { $count } đơn vị. Số đơn vị đã nộp: { $in } đơn vị, đạt { $percent }; trong đó nộp đúng hạn { $on_time } đơn vị, nộp muộn { $late } đơn vị. Số đơn vị chưa nộp: { $missing } đơn vị.
office-paper-standing-table = Số liệu theo từng cấp học:
office-paper-standing-offices = Số liệu theo từng cơ quan:
office-paper-standing-list = (Danh sách các đơn vị tại { $appendix } kèm theo.)
office-paper-late-item = Đơn vị nộp muộn
office-paper-missing-item = Đơn vị chưa nộp
office-paper-level = Cấp học
office-paper-units = Số đơn vị
office-paper-on-time = Đúng hạn
office-paper-late = Nộp muộn
office-paper-missing = Chưa nộp
office-paper-share = Tỷ lệ nộp
office-paper-total = Tổng cộng
office-paper-other-level = Khác
office-paper-results = Kết quả thực hiện
office-paper-number-line = { $title }: { $sum }
office-paper-number-line-some = { $title }: { $sum } ({ $units } đơn vị có số liệu)
office-paper-choice-line = { $title }: { $choices }
office-paper-choice = { $label } ({ $count } đơn vị)
office-paper-figures-item = Bảng tổng hợp số liệu
office-paper-figures-text = Số liệu tổng hợp từ báo cáo của { $in } đơn vị tại { $appendix } kèm theo.
office-paper-compared-item = So sánh với kỳ trước
office-paper-compared-text = Kỳ trước (“{ $title }”) có { $in_before }/{ $count_before } đơn vị nộp báo cáo, đạt { $percent_before }; kỳ này có { $in }/{ $count } đơn vị, đạt { $percent }. So sánh từng số liệu tại { $appendix } kèm theo.
office-paper-appendix-units = Tình hình nộp báo cáo của các đơn vị
office-paper-appendix-figures = Tổng hợp số liệu { $title }
office-paper-appendix-photos = Một số hình ảnh { $title }
office-paper-section-on-time = Nộp đúng hạn ({ $count } đơn vị)
office-paper-section-late = Nộp muộn ({ $count } đơn vị)
office-paper-section-missing = Chưa nộp ({ $count } đơn vị)
office-paper-unit = Đơn vị
office-paper-submitted-at = Thời điểm nộp
office-paper-receipt = Mã biên nhận
office-paper-receipt-version = { $receipt } (lần { $version })
office-paper-figure = Nội dung
office-paper-figure-unit = Đơn vị tính
office-paper-figure-sum = Tổng số
office-paper-figure-units = Số đơn vị báo cáo
office-paper-figure-before = Kỳ trước
office-paper-figure-now = Kỳ này
office-paper-figure-change = Tăng, giảm
office-paper-caption = { $caption } ({ $school })
office-paper-photos-text = Một số hình ảnh do các đơn vị gửi tại { $appendix } kèm theo.
office-paper-photos-item = Hình ảnh
office-paper-tables = Số liệu và hình ảnh

office-more = Việc khác (xem đủ các câu lệnh: gõ "trợ giúp"):
office-excel = Bảng tổng hợp: mỗi trường một dòng, dòng tổng cộng là công thức, mỗi số ghi rõ trường và lần nộp.
office-csv = Các bảng dạng CSV.
office-zip = Văn bản Word của các trường đã nộp, mỗi trường một tệp.
office-report-made = Báo cáo tổng hợp của cơ quan, theo Nghị định 30:
office-report-pages = Từng trang như khi in ra. { $when }
office-report-frozen = Số liệu chốt đúng hạn nộp.
office-report-now = Số liệu đến lúc này; sau hạn nộp, gõ lại "báo cáo tổng hợp" để lấy số liệu chốt.
office-nobody-above = Đợt này không do cơ quan cấp trên yêu cầu, nên không có nơi để nộp lên.
office-submit-report = Nộp báo cáo tổng hợp cho đợt "{ $title }" của cơ quan cấp trên?{ $left }
office-submit-left = { " " }Còn { $count } trường chưa nộp.
office-report-submitted = ✅ Đã nộp báo cáo tổng hợp (lần { $version }), mã biên nhận { $receipt }.
office-pass-down = Cơ quan cấp trên yêu cầu "{ $title }", hạn { $due }. Ta mở đợt cho các trường; hạn nên sớm hơn vài ngày.
office-broadcast =
    { $audience }
    Nội dung:
    { $text }
office-broadcast-begun = Bắt đầu gửi; tiến trình hiện ở tin dưới đây.
office-broadcast-when = Gửi lúc nào? Ví dụ: 8h sáng mai, 14h thứ hai
office-broadcast-scheduled = ✓ Sẽ gửi lúc { $clock } ngày { $day }.
office-broadcast-pause = ⏸ Đã tạm dừng.
office-broadcast-resume = ▶ Gửi tiếp.
office-broadcast-cancel = Đã hủy; ai chưa nhận thì không nhận nữa.
office-broadcast-retry = Đang gửi lại cho những người chưa nhận được.
received-thanks = ✓ Đã ghi nhận. Cảm ơn thầy/cô!
received-already = Đã ghi nhận từ trước rồi ạ.
received-nothing = Không có thông báo nào đang chờ thầy/cô xác nhận.
office-send-list = Thầy/cô gửi tệp danh sách trường (Excel hoặc CSV). Cột nào cũng được, miễn có tên trường; tôi báo lại thay đổi trước khi ghi.
office-list =
    Đọc "{ $name }":
    { $lines }
    Ghi vào hệ thống?
office-list-same =
    Danh sách này không thay đổi gì:
    { $lines }
office-imported = ✓ Đã thêm { $added } trường, sửa { $changed } trường. Nhầm thì chọn "Hoàn lại".
office-nothing-to-undo = Không có lần nhập danh sách nào để hoàn lại.
office-undone = ✓ Đã hoàn lại "{ $name }" ({ $count } trường).{ $kept }
office-undo-kept = { " " }Giữ nguyên vì đã có người dùng: { $names }.
button-zip = Tải tất cả văn bản
button-office-report = Báo cáo tổng hợp
button-submit-office-report = Nộp lên cấp trên
button-pass-down = Mở đợt cho các trường
button-apply = Ghi
button-invite-all = Phiếu mời
button-at-another-time = Hẹn giờ
button-with-dispatch = Kèm công văn
menu-danhan = Đã nhận thông báo
web-say-da-nhan = đã nhận
deed-undo-roster = hoàn lại danh sách trường
sheet-scan = Quét mã QR hoặc mở: { $link }
sheet-say = hoặc nhắn cho Trợ lý báo cáo: BATDAU { $code }
sheet-until = Mã mời { $role }, dùng một lần, đến hết ngày { $day }
mail-from = Trợ lý báo cáo
mail-subject = [Báo cáo] { $school } – { $title } (lần { $version })
mail-body =
    { $school } đã nộp báo cáo "{ $title }" (lần { $version }) lúc { $clock } ngày { $day }.
    Mã biên nhận: { $receipt }.
    Bản mềm (Word) ở tệp đính kèm.

    Thư này do Trợ lý báo cáo tự động gửi, không cần trả lời.
office-dispatch-set = ✓ Công văn số { $number }, ngày { $date }; sẽ ghi ở báo cáo tổng hợp.
office-reviewer-all = ✓ Cán bộ nào của cơ quan cũng nhận tin để duyệt.
office-reviewer-who = Người duyệt là ai? Gõ tên một cán bộ ({ $names }), "tôi" hoặc "tất cả".
office-reviewer-set = ✓ Từ nay { $name } nhận tin để duyệt đợt này.
invite-heads-only = Chỉ thủ trưởng mời được đồng nghiệp của trường. Thầy/cô nhờ thủ trưởng, hoặc xin cơ quan phụ trách một mã mời.
menu-moi = Mời đồng nghiệp (thủ trưởng)
web-say-moi-dong-nghiep = mời đồng nghiệp
the-operator = người quản trị
invitation-text-office =
    Mời thầy/cô cùng theo dõi báo cáo của các trường cho { $unit } qua Trợ lý báo cáo.
    Mở liên kết: { $link }
    Hoặc nhắn cho Trợ lý: BATDAU { $code }
broadcast-from = 📣 Thông báo của { $office }
help-office =
    Thầy/cô gõ, có dấu hay không đều được:
    – tiến độ · ai chưa nộp · nhắc chưa nộp · nhắc TH Bình An
    – xem TH Bình An · so sánh TH Bình An · duyệt TH Bình An · duyệt tất cả · mở lại TH Bình An
    – trả lại TH Bình An: câu 12 thiếu kinh phí; câu 14 chưa khớp
    – gia hạn TH Bình An đến 17h mai · gia hạn tất cả đến 20/10 · nhận muộn đến 25/10
    – thông báo: … · thông báo chưa nộp: … · thông báo cấp TH: …
    – tải Excel · tải CSV · tải ZIP · báo cáo tổng hợp · nộp báo cáo tổng hợp
    – danh sách trường · hoàn tác · phiếu mời · mời TH Bình An · mời hiệu trưởng TH Bình An · mời cán bộ · ai phụ trách TH Bình An
    – mở đợt · lặp lại đợt · đợt · đóng đợt · mở lại đợt
    – gửi tệp: gửi danh sách, công văn qua trang web khi ở đây không gửi được tệp
    – lịch nhắc: 7, 3, 1 ngày và 3 giờ trước · bật ký duyệt · hộp thư: ten@moet.edu.vn · công văn số … ngày … · người duyệt: tên · nhật ký

# A new version of a form

version-changed = ℹ️ Cơ quan đã thay bản mới của phiếu này. Các câu đã trả lời được giữ nguyên.
version-new = Câu mới cần trả lời: { $count }.
version-again = Cần trả lời lại: { $names }.
version-gone = Không còn hỏi nữa (đã ghi lại, không đưa vào báo cáo): { $names }.

## Bên cạnh kênh chat: liên kết tới tệp, trang gửi tệp, mã mời trên Zalo

channel-other = ứng dụng chat
unseen =
    { $app } không chuyển được tệp này cho tôi. Thầy/cô gửi ảnh chụp, hoặc tải tệp lên tại:
    { $link }
upload-page =
    Thầy/cô gửi ảnh hoặc tệp tại trang này (dùng được trong 24 giờ):
    { $link }
phone-kept = ✓ Đã lưu số { $phone }, chỉ để nhắc hạn nộp khi không nhắn được ở đây. Xem lại bằng "dữ liệu của tôi", xóa bằng "xóa".
phone-unclear = Tôi chưa đọc được số điện thoại này, nên chưa lưu. Thầy/cô không cần gửi lại; mọi việc vẫn làm được ở đây.
contact-unused = Tôi không cần số điện thoại của người khác, nên không dùng đến danh thiếp này.
back-again = Chào thầy/cô trở lại! Gõ "báo cáo" để xem việc cần làm.
back-again-at = Chào thầy/cô trở lại! Thầy/cô đang ở câu { $number }/{ $total } của "{ $title }"; gõ "tiếp tục" để làm tiếp.
button-what = Việc cần làm
way-code = – trên { $app }: mở { $link } rồi nhắn: BATDAU { $code }
way-link = – trên { $app }: mở { $link }
sheet-web = Trên web
sheet-open = Hoặc mở: { $link }
sheet-then-web = Quét mã là vào
sheet-then-open = Quét mã, bấm Bắt đầu
sheet-then-say =
    Quét mã, rồi nhắn:
    BATDAU { $code }
web-issued-old-title = Liên kết đã hết hạn
web-issued-old = Vì an toàn, liên kết tải tệp chỉ dùng được trong thời gian ngắn, và thôi hiệu lực khi có bản mới hơn. Thầy/cô quay lại cuộc trò chuyện, gõ "xem bản Word" hoặc mở tin mới nhất để lấy liên kết mới.
web-issued-gone-title = Tệp không còn
web-issued-gone = Tệp đã được xóa theo thời hạn lưu. Thầy/cô quay lại cuộc trò chuyện và gõ "xem bản Word" để tạo văn bản mới.
web-gui-old-title = Trang gửi tệp đã hết hạn
web-gui-old = Mỗi liên kết gửi tệp dùng được trong 24 giờ. Thầy/cô quay lại cuộc trò chuyện và gõ "gửi tệp" để lấy liên kết mới.
web-gui-too-big-title = Tệp lớn quá
web-gui-too-big = Mỗi tệp không quá 20 MB. Thầy/cô quay lại trang trước và chọn tệp nhỏ hơn, hoặc chụp lại ở cỡ ảnh thường.
web-upload-old = Trang này đã hết hạn. Thầy/cô quay lại cuộc trò chuyện và gõ "gửi tệp" để lấy liên kết mới.
web-gui-title = Gửi ảnh, tệp cho Trợ lý
web-gui-lead = Ảnh và tệp gửi ở đây vào thẳng cuộc trò chuyện của thầy/cô trên { $app }.
web-gui-choose = Chọn ảnh hoặc tệp
web-gui-foot = Mất mạng giữa chừng cũng không sao: có mạng lại, trang tự gửi tiếp. Mỗi tệp không quá 20 MB.
web-gui-waiting = Chờ gửi
web-gui-sending = Đang gửi…
web-gui-again = Mất mạng, sẽ gửi tiếp
web-gui-received = ✓ Đã nhận
web-gui-refused = Không gửi được
web-gui-done = ✓ Đã nhận { $count } tệp. Quay lại { $app } để tiếp tục.
web-elsewhere = Mở trong { $app }
web-elsewhere-type = Mở { $app }, rồi nhắn cho Trợ lý dòng này:
web-copy = Sao chép
web-copied = ✓ Đã chép

# Zalo Bot Platform
photo-not-given = Ảnh này không tải về được nữa: ảnh nặng quá, hoặc gửi đã lâu nên nơi giữ ảnh đã xóa. Thầy/cô gửi lại ảnh giúp, dưới dạng ảnh thường (không phải tệp gốc).

## Zalo Official Account: "python -m bot check"

oa-check-ok = Zalo OA: kết nối được với "{ $name }" (gói { $package }).
oa-check-no-app-secret = Zalo OA: chưa đặt BOT_ZALO_OA_APP_SECRET (khóa bí mật của ứng dụng, ở developers.zalo.me → Cài đặt).
oa-check-no-secret-key = Zalo OA: chưa đặt BOT_ZALO_OA_SECRET_KEY (OA Secret Key, ở developers.zalo.me → Webhook); thiếu khóa này thì tin người dùng gửi đến bị từ chối.
oa-check-refused = Zalo OA: Zalo từ chối, cần thầy/cô xử lý: { $reason }
oa-check-down = Zalo OA: chưa hỏi được Zalo, xin thử lại sau: { $reason }
oa-check-not-verified = Zalo OA: "{ $name }" chưa được xác thực; Zalo chỉ mở API cho tài khoản đã xác thực (oa.zalo.me → Xác thực tài khoản).
oa-check-no-template = Zalo OA: chưa đặt { $setting }; quá 7 ngày không nhắn, người nhận sẽ không nhận được loại tin này qua Zalo.
oa-check-no-money = Zalo OA: "{ $name }" chưa liên kết Zalo Cloud Account; tin mẫu và tin ngoài 48 giờ sẽ không gửi được.

# Kiểm tra cài đặt Zalo (python -m bot check)

zalo-check-ok = Zalo Bot: kết nối được với "{ $name }" ({ $mode }).
zalo-check-setting = Zalo Bot: cài đặt chưa đúng: { $reason }
zalo-check-token = Zalo Bot: Zalo không nhận token. Chép lại BOT_ZALO_BOT_TOKEN từ Zalo Bot Creator; "đặt lại" token thì token cũ hết hiệu lực ngay.
zalo-check-down = Zalo Bot: chưa hỏi được Zalo, xin thử lại sau: { $reason }
zalo-check-not-https = Zalo Bot: BOT_PUBLIC_URL là { $address }; cần địa chỉ https:// mở được từ ngoài, nếu không người dùng không xem được ảnh và bản Word.
zalo-check-no-link = Zalo Bot: chưa đặt BOT_ZALO_BOT_LINK (thẻ "Chia sẻ" trong Zalo Bot Creator); giấy mời sẽ không có mã QR của Zalo.
oa-check-no-link = Zalo OA: chưa đặt BOT_ZALO_OA_LINK (https://zalo.me/ và ID của OA); giấy mời sẽ không có mã QR của Zalo.

## Câu hỏi của phiếu: vị trí, tệp, điều chat không hỏi được

# Lỗi của phiếu khi nhập: dòng đầu nói sai gì, dòng sau nói sửa thế nào (bot/forms/fault_words.py)
fault-in-file = Cả tệp
fault-in-sheet = Trang { $sheet }
fault-in-row = Trang { $sheet }, dòng { $row }
fault-in-column = Trang { $sheet }, dòng { $row }, cột { $column }
fault-in-cell = Trang { $sheet }, ô { $cell } (cột { $column })
fault-in-xform = XForm { $path }
fault-line = { $place }: { $problem } → { $remedy }
fault-line-warning = (nên xem) { $place }: { $problem } → { $remedy }
fault-more = … và { $count } chỗ khác.
fault-errors = { $count } lỗi phải sửa
fault-warnings = { $count } chỗ nên xem lại
fault-sheet = Lỗi cần sửa
fault-author = Trợ lý báo cáo
fault-sheet-title = Phiếu này có { $counted }. Bấm vào cột đầu để tới ô.
fault-head-place = Ở đâu
fault-head-problem = Sai gì
fault-head-remedy = Cách sửa
fault-file-large =
    Tệp lớn hơn { $most } MB.
    Xóa hình ảnh và trang không dùng trong tệp rồi gửi lại.
fault-file-empty =
    Tệp trống, không có gì bên trong.
    Mở lại tệp trên máy, lưu rồi gửi lại.
fault-file-html =
    Đây là trang web, không phải bảng tính.
    Trong Google Trang tính chọn Tệp → Tải xuống → Microsoft Excel (.xlsx) rồi gửi tệp đó.
fault-file-gsheet =
    Đây chỉ là đường dẫn tới Google Trang tính, không có nội dung phiếu.
    Trong Google Trang tính chọn Tệp → Tải xuống → Microsoft Excel (.xlsx) rồi gửi tệp đó.
fault-file-text =
    Đây là tệp chữ (CSV), chỉ chứa được một trang, còn phiếu cần nhiều trang.
    Mở bằng Excel, đủ các trang survey, choices, settings, rồi Lưu dưới dạng Excel Workbook (.xlsx).
fault-file-other =
    Đây là tệp { $kind }, chưa đọc được.
    Mở tệp rồi Lưu dưới dạng Excel Workbook (.xlsx) và gửi lại.
fault-file-archive =
    Trong tệp nén này không có phiếu nào.
    Nén phiếu (.xlsx) cùng các tệp của phiếu rồi gửi lại, hoặc gửi riêng tệp .xlsx.
fault-bundle-forms =
    Trong tệp nén có nhiều phiếu: { $found }.
    Để lại một tệp .xlsx và các tệp của phiếu đó rồi nén, gửi lại.
fault-bundle-large =
    Các tệp trong tệp nén cộng lại hơn { $most } MB.
    Thu nhỏ ảnh, bỏ tệp không dùng rồi nén, gửi lại.
fault-media =
    Tệp { $file } không đi cùng phiếu, hoặc không đúng là ảnh, âm thanh, video.
    Nén phiếu cùng tệp này thành một tệp .zip rồi gửi tệp .zip; để nguyên thì câu hỏi không kèm tệp.
fault-file-password =
    Tệp có mật khẩu nên không mở được.
    Trong Excel chọn Tệp → Thông tin → Bảo vệ sổ làm việc, xóa mật khẩu mở tệp, lưu rồi gửi lại.
fault-file-broken =
    Tệp bị hỏng hoặc không phải tệp Excel.
    Mở tệp bằng Excel, Lưu dưới dạng Excel Workbook (.xlsx) và gửi lại.
fault-file-bomb =
    Nội dung bên trong lớn hơn rất nhiều so với cỡ tệp.
    Chép các ô của phiếu sang một tệp Excel mới rồi gửi lại.
fault-file-slow =
    Đọc tệp này lâu quá nên đã dừng.
    Bỏ bớt trang, hàng và công thức không dùng rồi gửi lại.
fault-file-heavy =
    Tệp này cần quá nhiều bộ nhớ hoặc thời gian để đọc.
    Bỏ bớt trang, hàng và công thức không dùng rồi gửi lại.
fault-file-strange =
    Trong tệp có điều lạ nên chưa đọc được.
    Chép các ô sang phiếu mẫu mới (gõ "phiếu mẫu") rồi gửi lại.
fault-cells-too-many =
    Tệp có quá nhiều ô.
    Xóa các hàng và cột thừa ở cuối mỗi trang rồi gửi lại.
fault-rows-too-many =
    Trang này có { $count } hàng, nhiều nhất là { $most }.
    Chia thành nhiều phiếu, hoặc xóa các hàng không dùng.
fault-sheet-survey =
    Không có trang survey (tệp có: { $found }).
    Đặt tên trang chứa câu hỏi là survey.
fault-sheet-survey-meant =
    Không có trang survey, chỉ có trang "{ $found }".
    Đổi tên trang "{ $found }" thành survey.
fault-sheet-choices =
    Phiếu có câu chọn nhưng không có trang choices.
    Thêm trang choices có ba cột list_name, name, label và ghi các lựa chọn vào đó.
fault-sheet-choices-meant =
    Phiếu có câu chọn nhưng không có trang choices, chỉ có trang "{ $found }".
    Đổi tên trang "{ $found }" thành choices.
fault-sheet-meant =
    Trang "{ $found }" không được đọc.
    Nếu đây là trang { $meant } thì đổi tên thành { $meant }.
fault-sheet-similar =
    Không thấy trang { $sheet }, chỉ có trang tên gần giống: { $found }.
    Đổi tên trang đó thành { $sheet }.
fault-sheet-empty =
    Trang { $sheet } chưa có gì.
    Hàng 1 ghi tên cột, từ hàng 2 mỗi hàng một câu; gõ "phiếu mẫu" để có phiếu mẫu.
fault-header-lower =
    Hàng tên cột nằm ở dòng { $row }.
    Xóa các hàng phía trên để tên cột nằm ở dòng 1.
fault-header-none =
    Hàng 1 của trang { $sheet } không có tên cột.
    Ghi tên cột ở hàng 1, ví dụ: type, name, label.
fault-header-missing =
    Trang { $sheet } thiếu cột { $columns }.
    Thêm cột đó, ghi tên cột ở hàng 1.
fault-header-blank =
    Tên cột "{ $column }" để trống hoặc có khoảng trắng.
    Viết liền tên cột, ví dụ cap_hoc.
fault-column-missing =
    Trang này không có cột { $column }.
    Thêm cột { $column }, ghi tên cột ở hàng 1.
fault-column-twice =
    Có hai cột cùng nghĩa "{ $column }".
    Giữ một cột, xóa hoặc đổi tên cột kia.
fault-column-alias =
    Hai cột "{ $column }" và "{ $other }" là một.
    Giữ một cột, xóa cột kia.
fault-column-lost =
    Không có cột nào tên "{ $column }", mọi thứ ghi ở cột này sẽ mất.
    Nếu là { $meant } thì sửa tên cột thành { $meant }.
fault-prefix =
    Cột này dùng tiền tố "{ $prefix }" chưa được khai báo.
    Xóa cột này, hoặc thêm cột namespaces ở trang settings, ghi { $prefix }="https://…".
fault-cell-date =
    Excel đã tự đổi ô này thành ngày ({ $written }).
    Định dạng ô là Văn bản (Text) rồi gõ lại.
fault-cell-truth =
    Excel đã tự đổi ô này thành giá trị đúng/sai ({ $written }).
    Định dạng ô là Văn bản (Text) rồi gõ lại.
fault-cell-error =
    Ô này là công thức Excel bị lỗi ({ $written }).
    Gõ thẳng nội dung, không dùng công thức Excel; ô bắt đầu bằng dấu - hay = thì thêm dấu ' ở đầu.
fault-merged =
    Các ô { $cells } bị gộp nên chỉ ô đầu có nội dung.
    Bỏ gộp ô (Unmerge) rồi ghi đủ từng ô.
fault-type-missing =
    Dòng này chưa ghi loại câu hỏi.
    Ghi ở cột type, ví dụ: text, integer, date, select_one tên_danh_sách; hoặc xóa dòng.
fault-type =
    Không có loại câu hỏi "{ $type }".
    Dùng một trong: text, integer, decimal, date, time, select_one, select_multiple, image, note, calculate, begin_group, begin_repeat.
fault-type-meant =
    Không có loại câu hỏi "{ $type }".
    Sửa thành { $meant }.
fault-type-not-in-chat =
    Trong chat không trả lời được loại "{ $type }"; câu này sẽ được bỏ qua.
    Đổi sang image hoặc text, hoặc xóa dòng; không để bắt buộc (required).
fault-list =
    Không có danh sách lựa chọn "{ $name }".
    Thêm các dòng có list_name là { $name } vào trang choices.
fault-list-meant =
    Không có danh sách lựa chọn "{ $name }".
    Nếu là { $meant } thì sửa thành { $meant }; nếu không, thêm danh sách { $name } vào trang choices.
fault-list-not-named =
    Câu "{ $type }" chưa nói chọn trong danh sách nào.
    Ghi thêm tên danh sách của trang choices, ví dụ: select_one co_khong.
fault-list-external =
    Không có danh sách "{ $name }" ở trang external_choices.
    Thêm danh sách đó, hoặc dùng select_one với trang choices.
fault-list-unused =
    Không câu nào dùng danh sách "{ $name }".
    Xóa danh sách, hoặc xem lại cột type của câu lẽ ra dùng nó.
fault-loop-no-list =
    Vòng lặp này chưa có danh sách.
    Dùng begin_repeat thay cho begin loop.
fault-or-other =
    Câu có "or_other" nhưng không có lựa chọn nào.
    Thêm các lựa chọn vào trang choices.
fault-name-missing =
    Câu này chưa có tên.
    Ghi tên ngắn ở cột name, chỉ gồm chữ, số và _, ví dụ: so_hs.
fault-name-letters =
    Tên "{ $name }" có ký tự không dùng được.
    Chỉ dùng chữ, số và _, bắt đầu bằng chữ, ví dụ: { $meant }.
fault-name-reserved =
    Tên "meta" đã được dành riêng.
    Đặt tên khác.
fault-name-twice =
    Tên "{ $name }" đã dùng ở dòng { $first }.
    Đổi tên một trong hai, ví dụ: { $meant }.
fault-name-root =
    Tên "{ $name }" trùng với tên gốc của phiếu.
    Đặt tên khác cho phần lặp lại này.
fault-repeat-twice =
    Tên "{ $name }" đã dùng ở dòng khác.
    Đặt cho mỗi câu, mỗi phần lặp lại một tên riêng.
fault-name-ambiguous =
    Có nhiều câu tên "{ $name }" nên không biết { $name_ref } là câu nào.
    Đổi tên để mỗi câu một tên riêng.
fault-name =
    Không có câu hỏi nào tên "{ $name }".
    Sửa lại cho đúng tên ở cột name của trang survey.
fault-name-known =
    Không có câu hỏi nào tên "{ $name }".
    Sửa lại cho đúng tên ở cột name của trang survey. Đang có: { $known }.
fault-row-gone =
    Dòng này nhắc tới những câu trang survey không có: { $names }.
    Câu đã bỏ thì xóa cả hàng { $row }; chưa bỏ thì sửa lại cho đúng tên. Đang có: { $known }.
fault-name-meant =
    Không có câu hỏi nào tên "{ $name }".
    Nếu là { $meant } thì viết { $meant_ref }.
fault-reference =
    Chỗ "{ $found }" viết chưa đúng cách nhắc tới câu trả lời.
    Viết liền dấu đô la, ngoặc nhọn và tên câu, ví dụ: { $ref }.
fault-trigger-list =
    Cột trigger có nhiều câu mà không có dấu phẩy.
    Ngăn các câu bằng dấu phẩy.
fault-end-missing =
    "{ $type }" ({ $name }) mở ở đây mà không đóng.
    Thêm dòng { $end } sau câu cuối của phần này.
fault-begin-missing =
    "{ $type }" đóng một phần chưa mở.
    Xóa dòng này, hoặc thêm dòng { $begin } ở chỗ phần đó bắt đầu.
fault-end-crossed =
    "{ $type }" không khớp: đang mở "{ $open }" ({ $name }) ở dòng { $row }.
    Ghi { $end } để đóng phần ở dòng { $row } trước.
fault-label-missing =
    Câu "{ $name }" chưa có lời hỏi.
    Ghi câu hỏi ở cột label.
fault-calculation-missing =
    Dòng calculate chưa có công thức.
    Ghi công thức ở cột calculation, hoặc xóa dòng.
fault-required-word =
    Cột required không hiểu "{ $written }".
    Ghi { $meant }.
fault-required-place =
    Dòng "{ $type }" không có gì để bắt buộc.
    Xóa ô required ở dòng này.
fault-constraint-place =
    Dòng "{ $type }" không có câu trả lời để kiểm tra.
    Chuyển điều kiện sang dòng của câu hỏi, hoặc xóa ô này.
fault-count-place =
    Cột repeat_count chỉ dùng cho begin_repeat.
    Xóa ô này, hoặc chuyển lên dòng begin_repeat.
fault-count-large =
    Lặp lại { $count } lần là quá nhiều, nhiều nhất { $most }.
    Ghi số nhỏ hơn, hoặc để trống cho thầy/cô tự thêm.
fault-filter-place =
    Cột choice_filter chỉ dùng cho câu chọn.
    Xóa ô này, hoặc chuyển sang dòng select_one, select_multiple.
fault-choice-no-list =
    Lựa chọn này không thuộc danh sách nào nên sẽ mất.
    Ghi tên danh sách ở cột list_name của từng dòng.
fault-choice-no-name =
    Lựa chọn này chưa có mã.
    Ghi mã ngắn ở cột name, ví dụ: co.
fault-choice-no-label =
    Lựa chọn "{ $name }" chưa có chữ để hiện.
    Ghi ở cột label.
fault-choice-twice =
    Mã "{ $name }" đã có trong danh sách { $list } ở dòng { $first }.
    Đổi mã một trong hai dòng, hoặc xóa dòng thừa.
fault-choice-blank =
    Mã "{ $name }" có khoảng trắng, không dùng được cho câu chọn nhiều ý.
    Thay khoảng trắng bằng dấu _.
fault-xpath-operator =
    Trong "{ $expression }" thiếu dấu (+, -, =, >, and…) trước "{ $near }".
    Thêm dấu còn thiếu, hoặc bỏ phần thừa.
fault-xpath-bracket =
    Trong "{ $expression }" thiếu dấu { $sign } trước "{ $near }".
    Thêm dấu { $sign } vào đó; giữa hai giá trị của một hàm thì thêm dấu phẩy.
fault-xpath-bracket-end =
    "{ $expression }" thiếu dấu { $sign } ở cuối.
    Thêm dấu { $sign }.
fault-xpath-too-many =
    Trong "{ $expression }" thừa dấu { $sign } trước "{ $near }".
    Xóa dấu { $sign } đó, hoặc thêm dấu mở ở trước.
fault-xpath-value =
    Trong "{ $expression }" thiếu một giá trị trước "{ $near }".
    Ghi số, chữ trong ngoặc ' ', hoặc tên câu như { $ref }.
fault-xpath-value-end =
    "{ $expression }" bị cụt ở cuối.
    Ghi tiếp số, chữ trong ngoặc ' ', hoặc tên câu như { $ref }.
fault-xpath-empty =
    Công thức trống.
    Ghi công thức, hoặc xóa ô.
fault-xpath-quote =
    Trong "{ $expression }" dấu nháy trước "{ $near }" không có dấu đóng.
    Thêm dấu nháy đóng; chữ có dấu ' thì đặt trong " ".
fault-xpath-curly =
    "{ $expression }" có dấu nháy cong { $sign }.
    Gõ lại bằng dấu nháy thẳng ' hoặc ".
fault-xpath-sign =
    Trong "{ $expression }" không hiểu dấu { $sign } trước "{ $near }".
    Xóa dấu đó. Khác viết là !=, "và" viết là and, "hoặc" viết là or.
fault-xpath-deep =
    "{ $expression }" lồng nhau quá { $most } lớp.
    Chia thành nhiều dòng calculate.
fault-xpath-axis =
    Trong "{ $expression }" không có đường đi "{ $axis }".
    Dùng tên câu như { $ref }.
fault-xpath-question =
    Trong "{ $expression }" chỗ này phải là một câu hỏi.
    Viết tên câu như { $ref }.
fault-xpath-instance =
    Trong "{ $expression }", instance(…) cần tên danh sách trong dấu nháy.
    Ví dụ: instance('cap_hoc').
fault-xpath-position =
    Trong "{ $expression }", position(…) cần đường tới phần lặp lại.
    Viết position(..).
fault-xpath-choice-name =
    Trong "{ $expression }", jr:choice-name(…) cần câu hỏi đặt trong dấu nháy.
    Viết câu ở phần thứ hai trong dấu nháy: '{ $ref }'.
fault-xpath-indexed =
    Trong "{ $expression }", indexed-repeat(…) cần lần lượt: câu hỏi, phần lặp lại, số thứ tự.
    Kiểm tra lại thứ tự ba phần đó.
fault-xpath-quoted =
    Không hiểu "{ $expression }" ({ $problem }).
    Viết lại công thức cho đơn giản; xem mục Công thức của hướng dẫn soạn phiếu.
fault-excel =
    "{ $written }" viết theo lối của Excel.
    Sửa thành: { $meant }
fault-function =
    Không có hàm { $name }(…).
    Xem các hàm dùng được ở mục Công thức của hướng dẫn soạn phiếu.
fault-function-meant =
    Không có hàm { $name }(…).
    Nếu là { $meant } thì sửa thành { $meant }(…).
fault-function-few =
    Hàm { $name }(…) cần { $least } giá trị mà chỉ có { $count }.
    Thêm giá trị còn thiếu, cách nhau dấu phẩy.
fault-function-many =
    Hàm { $name }(…) chỉ nhận { $most } giá trị mà có { $count }.
    Bỏ bớt, hoặc kiểm tra lại dấu ngoặc.
fault-circle =
    Các câu này phụ thuộc vòng tròn lẫn nhau: { $names }.
    Sửa một công thức để không câu nào cần chính kết quả của nó.
fault-braces =
    "{ $name }" không phải câu hỏi ở đây.
    Nếu là câu hỏi thì viết { $name_ref }; nếu là chữ thì viết '{ $name }'.
fault-restless =
    Công thức "{ $expression }" cứ đổi mãi, không dừng.
    Bỏ chỗ công thức tự làm đổi chính nó.
fault-repeat-as-group =
    "{ $name }" vừa là nhóm vừa là phần lặp lại.
    Giữ một trong hai.
fault-elsewhere =
    "{ $name }" hiện ở { $around } nhưng câu trả lời không nằm ở đó.
    Xuất lại XForm từ công cụ đã tạo ra nó.
fault-no-place =
    "{ $name }" không có chỗ trong phiếu.
    Xuất lại XForm từ công cụ đã tạo ra nó.
fault-regex-slow =
    Mẫu "{ $pattern }" chạy quá lâu với câu trả lời dài.
    Viết mẫu đơn giản hơn, không lồng dấu + và * trong nhau.
fault-regex-broken =
    Mẫu "{ $pattern }" của regex(…) viết sai.
    Kiểm tra dấu ngoặc; muốn đúng dấu . hay ( thì viết \. hay \(.
fault-regex-long =
    Mẫu "{ $pattern }" của regex(…) dài quá.
    Viết mẫu ngắn hơn.
fault-parameters =
    Cột parameters viết chưa đúng ({ $problem }).
    Viết theo dạng tên=giá_trị, cách nhau khoảng trắng, ví dụ: start=0 end=10 step=1.
fault-parameters-unknown =
    Cột parameters có { $rejected }, loại câu này không dùng.
    Chỉ dùng: { $accepted }.
fault-parameters-range =
    Cột parameters của câu range chưa đúng ({ $problem }).
    Ghi số: start=0 end=10 step=1.
fault-file-name =
    Tên tệp danh sách ở cột type phải kết thúc bằng .csv, .xml hoặc .geojson.
    Sửa tên tệp, hoặc dùng trang choices.
fault-big-image =
    Cột big-image cần có cột image đi cùng.
    Ghi ảnh ở cột media::image, hoặc xóa cột big-image.
fault-audit-name =
    Dòng audit không được có tên khác.
    Để trống cột name ở dòng này.
fault-form-id =
    Phiếu chưa có mã.
    Ghi form_id ở trang settings, ví dụ: an_toan_2026.
fault-form-name =
    Tên phiếu có ký tự không dùng được.
    Chỉ dùng chữ, số và _, bắt đầu bằng chữ.
fault-entities =
    Phần entities của phiếu chưa đúng ({ $problem }).
    Xóa trang entities và cột save_to; Trợ lý không dùng tới.
fault-quoted =
    Phiếu chưa chuyển được ({ $problem }).
    Xem lại dòng này theo hướng dẫn soạn phiếu, hoặc xóa rồi gõ lại.
fault-xform-broken =
    XML bị hỏng ({ $problem }).
    Xuất lại XForm từ công cụ đã tạo ra nó, không sửa bằng tay.
fault-xform-refused =
    XML có phần không được nhận ({ $problem }).
    Xuất lại XForm không có DOCTYPE và ENTITY.
fault-xform-deep =
    Các phần lồng nhau quá { $most } lớp.
    Bỏ bớt nhóm lồng nhau.
fault-xform-empty =
    XForm không có câu hỏi nào.
    Xuất lại từ công cụ đã tạo ra nó.
fault-no-xform =
    Đây là XML nhưng không phải XForm (thiếu { $name }).
    Gửi tệp Excel của phiếu, hoặc XForm xuất từ ODK, KoboToolbox.
fault-kind =
    Không có loại dòng "{ $kind }".
    Thân văn bản dùng: { $kinds }, table, photos, appendix; xem hướng dẫn soạn phiếu.
fault-kind-meant =
    Không có loại dòng "{ $kind }".
    Sửa thành { $meant }.
fault-kind-missing =
    Dòng này chưa ghi loại ở cột kind.
    Ghi part, item, text, dash, table, photos…; hoặc xóa dòng.
fault-text-missing =
    Dòng "{ $kind }" chưa có chữ để in.
    Ghi ở cột text, hoặc xóa dòng.
fault-source-missing =
    Dòng "{ $kind }" chưa nói lấy từ đâu.
    Ghi ở cột source tên nhóm hoặc phần lặp lại của trang survey.
fault-source-meant =
    Cột source ghi "{ $name }" mà trang survey không có.
    Nếu là { $meant } thì sửa thành { $meant }.
fault-source-no-photos =
    "{ $name }" không có câu hỏi ảnh.
    Ghi tên phần lặp lại có câu image, hoặc tên một câu image.
fault-source-no-repeat =
    "{ $name }" không phải phần lặp lại nên dòng "{ $kind }" không in được cho từng lần.
    Ghi tên một begin_repeat, hoặc để trống cột source.
fault-source-no-group =
    "{ $name }" không phải nhóm hay phần lặp lại nên không lập được bảng.
    Ghi tên một begin_group hoặc begin_repeat.
fault-source-no-numbers =
    Nhóm "{ $name }" không có câu hỏi số nên bảng sẽ trống.
    Thêm câu integer hoặc decimal vào nhóm, hoặc chọn nhóm khác.
fault-never =
    Điều kiện "{ $expression }" không bao giờ đúng, dòng này không bao giờ in.
    Sửa điều kiện, hoặc xóa dòng.
fault-heading-empty =
    Dưới đề mục "{ $text }" không có gì nên không bao giờ in.
    Thêm dòng text, dash, table hoặc photos bên dưới, hoặc xóa đề mục.
fault-question-unused =
    Câu trả lời "{ $name }" không dùng ở đâu trong văn bản.
    Thêm { $name_ref } vào một dòng của trang report, hoặc bỏ câu hỏi này.
office-form-marked = { "\u000A" }Tệp đính kèm tô vàng đúng các ô cần sửa; mở tệp, đưa chuột vào ô vàng để đọc cách sửa.
office-form-listed = { "\u000A" }Danh sách đầy đủ ở tệp đính kèm.
office-form-warnings =
    Phiếu dùng được; có mấy chỗ nên xem lại:
    { $warnings }
fault-entry =
    { $number }. { $place }
       Sai: { $problem }
       Sửa: { $remedy }
fault-entry-warning =
    { $number }. { $place } (nên xem lại)
       Thấy: { $problem }
       Sửa: { $remedy }
fault-none = Không có lỗi. Phiếu có { $questions } câu hỏi.
office-sample-form = Phiếu mẫu: mở bằng Excel, đọc trang "hướng dẫn" rồi sửa thành phiếu của thầy/cô. Xong thì gửi lại vào đây; sai ở đâu tôi chỉ đúng ô đó.
fault-whole-number =
    Ô này phải là số nguyên, đang ghi "{ $written }".
    Ghi một số, ví dụ: 6.

## Mẫu Word của tác giả (report.docx)

template-at = đoạn "{ $quote }"
template-at-cell = bảng { $table }, hàng { $row }, ô { $cell }
template-part-header = đầu trang
template-part-footer = chân trang
template-part-notes = chú thích cuối trang
template-more = … và { $count } lỗi nữa.
template-not-word = Tệp này không mở được bằng Word (.docx). Thầy/cô lưu lại bằng Word rồi gửi giúp.
template-file-too-large = Tệp Word lớn hơn 5 MB, hoặc chứa quá nhiều thứ. Thầy/cô thu nhỏ ảnh trong tệp rồi gửi lại giúp.
template-active = Tệp Word có phần tự chạy hoặc lấy nội dung từ nơi khác ({ $what }). Thầy/cô bỏ phần đó đi giúp.
template-too-large = Mẫu Word quá dài hoặc lặp quá nhiều lần.
template-unusable = Mẫu Word chưa điền thử được. Thầy/cô bỏ bớt điều kiện, vòng lặp rồi thử lại giúp.
template-brace = dấu { $tag } đứng lẻ: chỗ điền viết là { $right }, mở và đóng trong cùng một đoạn.
template-dollar = { $tag } là cách viết của trang "report" trong Excel; trong Word viết là { $right }.
template-syntax = không hiểu { $tag }.
template-not-allowed = không dùng được { $tag } trong mẫu. Chỉ dùng tên câu hỏi, if, for; phép tính thì đặt ở cột calculation của phiếu.
template-unknown = { $tag }: phiếu không có câu hỏi nào tên là "{ $name }".
template-misspelt = { $tag }: phiếu không có "{ $name }". Có phải "{ $near }" không?
template-in-repeat = { $tag }: "{ $name }" được trả lời nhiều lần, viết là { $example }.
template-needs-loop = { $tag } gồm nhiều dòng, không điền thẳng được: viết là { $example }.
template-not-printed = { $tag } không điền ra chữ được.
template-no-repeat = { $tag }: chỉ lặp được nhóm trả lời nhiều lần hoặc câu chọn nhiều ý.
template-no-photo = { $tag }: rong(…) chỉ dùng cho ảnh.
template-filter = { $tag }: không có cách viết "{ $name }". Dùng được: { $known }.
template-without-start = { $tag } không có phần mở đi trước.
template-without-end = { $tag } thiếu { $end } ở sau.
template-torn = { $tag } mở ở một chỗ và đóng ở chỗ không cùng bậc. Đặt phần mở và phần đóng trong cùng một đoạn, mỗi phần một đoạn riêng, hoặc ở ô đầu và ô cuối của cùng một hàng.
office-template-kept = ✓ Đã nhận mẫu Word "{ $name }": báo cáo của các trường sẽ trình bày theo mẫu này.
office-template-fault =
    Mẫu Word này chưa dùng được. Sửa các chỗ sau rồi gửi lại:
    { $fault }
preview-own = Đây là bản Word nháp, trình bày theo mẫu của cơ quan. Trang xem trước đang được dựng…

# Types in chat: long lists, places, moments, files, tables

picture-of-question = ảnh của câu hỏi
pictures-of-choices = Ảnh lần lượt: { $names }.
how-rank = Gõ đủ { $count } số theo thứ tự từ cao xuống thấp, ví dụ: { $example }
how-geopoint = Bấm 📎 rồi chọn "Vị trí", hoặc gõ tọa độ, ví dụ: 10,535 106,404
how-dateTime = Gõ cả ngày và giờ, ví dụ: 7h30 ngày 2/10
how-month-year = Gõ tháng và năm, ví dụ: 10/2023
how-year = Gõ năm, ví dụ: 2023
how-audio = Thầy/cô gửi tin nhắn thoại hoặc tệp ghi âm (đến 20 MB).
how-video = Thầy/cô gửi video (đến 20 MB).
how-file = Thầy/cô gửi tệp PDF, Word, Excel hoặc ảnh (đến 20 MB).
range-limits = Nhập số từ { $start } đến { $end }.
range-step = Mỗi nấc { $step }.
out-of-reach = Câu này không trả lời được qua chat. Thầy/cô chọn "Bỏ qua"; nếu cần, bổ sung với cơ quan phụ trách bằng cách khác.
button-seen = Đã xem
button-confirm = OK, tôi xác nhận
value-seen = đã xem
value-file = { $name } ({ $size })
list-whole = Danh sách có { $count } mục. Gõ vài chữ để tìm, không cần dấu.
list-found = "{ $said }": { $count } kết quả.
list-nearest = Không thấy "{ $said }". Gần giống nhất là:
list-nothing = Không thấy "{ $said }" và cũng không có mục nào gần giống. Thầy/cô gõ từ khác, hoặc chọn "Xem cả danh sách".
list-page = Trang { $page }/{ $pages }.
list-no-number = Phần danh sách vừa xem không có số { $said } (chỉ có 1–{ $most }). Thầy/cô chọn lại giúp.
list-ticked = Đã chọn { $count }: { $names }. Gõ tiếp, hoặc "Xong".
list-unclear = Chưa rõ là mục nào: { $said }. Thầy/cô gõ từng mục giúp.
button-page-before = Trang trước
button-page-after = Trang sau
button-whole-list = Xem cả danh sách
rank-unread = Tôi chưa hiểu: { $said }.
rank-twice = Được xếp hai lần: { $names }. Mỗi mục chỉ một lần giúp nhé.
rank-missing = Còn thiếu: { $names }. Thầy/cô gõ lại đủ cả thứ tự.
moment-needs-time = Ngày { $day }. Lúc mấy giờ ạ? Ví dụ: 7h30
moment-needs-day = Lúc { $clock }. Ngày nào ạ? Ví dụ: 2/10
unread-geopoint = Tôi chưa hiểu "{ $said }". Thầy/cô bấm 📎 rồi gửi "Vị trí", hoặc gõ vĩ độ và kinh độ, ví dụ: 10,535 106,404
unread-acknowledge = Thầy/cô đọc xong thì bấm nút ở dưới, hoặc gõ: đã xem
unread-month-year = Tôi chưa hiểu "{ $said }". Thầy/cô gõ tháng và năm, ví dụ: 10/2023.
unread-year = Tôi chưa hiểu "{ $said }". Thầy/cô gõ năm, ví dụ: 2023.
position-abroad = Vị trí này ({ $value }) ở ngoài Việt Nam. Vẫn giữ?
position-short-link = Liên kết rút gọn không cho biết tọa độ. Thầy/cô mở liên kết đó, chạm giữ vào điểm cần gửi rồi chép hai con số hiện ra, ví dụ: 10.535, 106.404; hoặc bấm 📎 rồi gửi "Vị trí".
position-not-asked = Câu đang hỏi không cần vị trí, nên vị trí vừa gửi chưa được dùng.
file-wanted-audio = Câu này cần tệp ghi âm. Thầy/cô gửi tin nhắn thoại, hoặc tệp MP3, M4A, OGG, WAV (đến 20 MB).
file-wanted-video = Câu này cần video. Thầy/cô gửi video MP4, MOV hoặc WEBM (đến 20 MB).
file-wanted-file = Câu này cần một tệp. Thầy/cô gửi tệp PDF, Word, Excel, PowerPoint, ảnh, ghi âm hoặc video (đến 20 MB; không nhận tệp có macro, tệp nén, chương trình).
file-too-big = Tệp này nặng quá 20 MB. Thầy/cô gửi bản nhẹ hơn: quay ngắn lại, nén PDF, hoặc chỉ gửi phần cần thiết.
file-fetch-failed = Tệp vừa gửi chưa tải về được do đường truyền. Thầy/cô gửi lại giúp.
file-same = Tệp này đã nhận rồi ạ.
file-dropped = Đã bỏ tệp.
file-none = Câu này chưa có tệp nào.
file-required = Câu này báo cáo phải có tệp. Muốn đổi, thầy/cô gửi tệp khác, tôi sẽ thay.
button-drop-file = Bỏ tệp
button-table = Tải mẫu Excel
button-table-write = Ghi { $count } hàng
button-table-add = Ghi thêm { $count } hàng
button-table-replace = Thay { $count } hàng cũ
button-table-discard = Bỏ
table-template = Thầy/cô điền mỗi hàng một mục rồi gửi lại tệp này, hoặc chép các ô dán vào đây.
table-read = Đọc được { $count } hàng:
table-column = Cột "{ $head }" → { $name }
table-by-order = Các cột theo thứ tự: { $names }
table-unused = Cột không dùng: { $names }
table-sample = { $row }. { $cells }
table-faults = { $count } ô chưa ghi được (câu nào cần, tôi sẽ hỏi lại):
table-fault = – hàng { $row }, cột { $name }: chưa đọc được "{ $said }"
table-fault-why = – hàng { $row }, cột { $name }: "{ $said }" – { $why }
table-not-asked = hàng này không hỏi câu đó
table-refused = câu trả lời chưa hợp lệ
table-no-room = Chỉ ghi được { $count } hàng; các hàng sau không còn chỗ.
table-too-wide = Bảng có nhiều cột hơn số câu của phần này ({ $names }). Thầy/cô gửi lại kèm hàng tiêu đề, hoặc bớt cột thừa.
table-nothing = Tôi chưa đọc được hàng nào trong bảng. Các cột cần có: { $names }. Gõ "mẫu bảng" để lấy tệp mẫu.
table-unreadable = Tôi chưa mở được bảng này. Thầy/cô gửi tệp .xlsx hoặc .csv, hoặc chép các ô dán vào đây.
table-written = ✓ Đã ghi { $count } hàng.
table-discarded = Đã bỏ bảng, chưa ghi gì.

# Điều phiếu muốn mà chat không làm được

fault-reach-geotrace =
    Trong chat không vẽ được đường đi trên bản đồ.
    Xóa dòng này, hoặc không để bắt buộc (required); khi đó câu được bỏ qua.
fault-reach-geoshape =
    Trong chat không khoanh được vùng trên bản đồ.
    Xóa dòng này, hoặc không để bắt buộc (required); khi đó câu được bỏ qua.
fault-reach-signature =
    Trong chat không ký tay được.
    Xóa dòng này, hoặc đổi thành ảnh chụp chữ ký (image, bỏ appearance).
fault-reach-draw =
    Trong chat không vẽ hình được.
    Xóa dòng này, hoặc đổi thành ảnh chụp (image, bỏ appearance).
fault-reach-annotate =
    Trong chat không vẽ thêm lên ảnh được.
    Xóa dòng này, hoặc đổi thành ảnh chụp (image, bỏ appearance).
fault-reach-app =
    Câu này cần một ứng dụng khác trên điện thoại trả lời.
    Xóa dòng này, hoặc hỏi bằng text, integer, image; bỏ appearance ex:…
fault-reach-search =
    search() chỉ có trong ODK Collect.
    Ghi các lựa chọn vào trang choices và lọc bằng cột choice_filter.
fault-reach-recording =
    Trong chat không ghi âm ngầm được.
    Xóa dòng này; cần ghi âm thì dùng loại audio.
fault-reach-place =
    Trong chat không ghi vị trí ngầm được.
    Xóa dòng này; cần vị trí thì dùng loại geopoint.
fault-reach-audit =
    Trong chat không có nhật ký từng bước của điện thoại.
    Để nguyên cũng được: phần này được bỏ qua.
fault-reach-entities =
    Phiếu này tạo thực thể (entities); Trợ lý không tạo.
    Để nguyên cũng được: câu trả lời vẫn được lưu.
fault-reach-last-saved =
    Phiếu này đọc lại câu trả lời của lần trước (last-saved); ở đây coi như trống.
    Để nguyên cũng được, hoặc thay bằng cột bot::profile.
fault-reach-encryption =
    Phiếu này yêu cầu mã hóa câu trả lời; ở đây câu trả lời lưu như mọi báo cáo khác.
    Xóa public_key ở trang settings nếu đồng ý; nếu bắt buộc mã hóa thì không dùng Trợ lý cho phiếu này.
fault-list-file =
    Danh sách "{ $name }" nằm ở tệp { $file }, tệp này không đi cùng phiếu.
    Nén phiếu cùng tệp đó thành một tệp .zip rồi gửi tệp .zip, hoặc chép các lựa chọn vào trang choices.
fault-xpath-pattern =
    Mẫu "{ $pattern }" trong regex(…) không dùng được.
    Kiểm tra ngoặc và dấu \\; ví dụ số điện thoại: ^0[0-9]+$

# Answers of another report; tables with chosen columns (bot::from, the text of a table)

fault-from =
    "{ $written }" không phải là mã phiếu và tên câu hỏi.
    Viết mã phiếu, dấu hai chấm, tên câu hỏi, không có khoảng trắng. Ví dụ: kich_ban_le_khai_mac:phan
fault-default-words =
    Giá trị có sẵn "{ $written }" có dấu - hoặc dấu tính khác, nên bị hiểu là công thức.
    Viết concat('{ $written }'), hoặc thay dấu - bằng dấu gạch dài –.
fault-table-column =
    Bảng lấy từ "{ $source }" nhưng "{ $name }" không nằm trong phần đó.
    Chỉ ghi những câu nằm giữa begin_repeat và end_repeat của "{ $source }".

# What is only to be confirmed (acknowledge)

# The sample form on the command line

new-form-written =
    Đã viết phiếu mẫu: { $path }
    Mở bằng Excel, sửa thành phiếu của mình, lưu lại rồi kiểm tra: python -m bot check { $path }
