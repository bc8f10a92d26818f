## Greeting, invitation code, consent

welcome-stranger = Hello! I am the report assistant and help your school make its reports right here. To begin, send BATDAU and your invitation code, for example: BATDAU 7K3M-9QXD. The office in charge gives the code out.
code-unknown = This code is not right. An invitation code has 8 letters and digits, for example: 7K3M-9QXD. Please look again, or ask whoever sent it.
code-used = Somebody has used this code. A code works once only; please ask the office in charge for a new one.
code-expired = This code has expired. Please ask the office in charge for a new one.
code-too-many = Too many wrong codes. Please ask the office in charge for a new invitation link, and open that link.
join-school =
    Hello! I am the report assistant of { $office }.
    This invitation belongs to { $school }. Is that your school?
not-my-school = All right, the code is still unused. Please send the code of your own school, for example: 7K3M-9QXD.
hello = Hello! I am the report assistant, here to prepare the report of { $school } with you.
hello-office = Hello! I am the report assistant, here to follow the reports of the schools with you for { $school }.
consent = I keep: your chat account, the answers and photos you send – only to write the report; your school and the office that receives it can see them; until { $days } days after your last message; deleted whenever you type "xóa". Do you agree?
consent-more =
    In more detail:
    – What: chat account and display name, answers, photos (without place and time of taking), name and title of the signer.
    – What for: only to write the school's report. No names, addresses or circumstances of pupils are asked; counts are enough.
    – Who sees it: people of the same school; the receiving office only after the school has submitted.
    – How long: until { $days } days after your last message.
    – Your rights: to look ("dữ liệu của tôi"), correct, withdraw and delete ("xóa") at any time. Parents who want a photo removed: tell the school or the office in charge.
    The chat app (Telegram, Zalo…) keeps messages by its own rules.
consent-refused = All right. Without your consent I keep no answers. If you change your mind, press "Agree".
linked = ✓ This account is linked. All your unfinished work is here.
link-code =
    To go on with another phone or app, within 24 hours:
    – in a browser: open { $link }{ $ways }
    – or send the assistant in the other app: BATDAU { $code }

## What is to be done

nothing-owed = Your school owes no report now. When there is one, I will write at once.
owed =
    📋 Reports to submit: { $count }

    { $lines }
owed-no-more =
    ✅ No report is left to submit

    { $lines }
owed-line =
    { $title }
    { $school }
    Due: { $due } ({ $last }) – { $when }
    Status: { $status }
days-left = { $days } days left
last-day = today is the last day
overdue = overdue
status-expected = not begun
status-drafting = in progress
status-submitted = submitted
status-returned = to be corrected
status-accepted = accepted
begin =
    The form has { $total } short questions, about { $minutes } minutes; some answers add a few. Stop whenever you like: every answer is kept at once.
    To correct an answer, type "sửa" and its number, for example: sửa 3.
begin-known =
    What is known of the school (to correct it, type "sửa" and the number):
    { $lines }
resume = You are at question { $number }/{ $total } of "{ $title }". Let us go on.
later = All right, every answer is kept. When it suits you, type "tiếp tục".
report-not-yours = This report does not belong to your school. Type "báo cáo" to see yours.
campaign-closed = The campaign "{ $title }" is closed and takes nothing more. If need be, ask the office in charge.
dispatch = The dispatch of "{ $title }":

## Asking and answering

place-number = Question { $number }/{ $total }
place-row = { $section } ({ $row })
example = Example: { $example }
how-many-choices = Press the choices and then "Done", or type numbers, for example: 1 3
none-ticked = Nothing is chosen yet. Please choose at least one and press "Done".
value-now = Written now: { $value }
value-none = –
value-photo = there is a photo
value-later = (later)
echo = ✓ { $name }: { $value }
echo-short = ✓ { $name }
no-accents = This has no accents and will be printed as it is. To type it again with accents: sửa { $number }
skipped = Skipped: { $name }
postponed = For later: { $name }. I will ask again at the end.
required-no-skip = The report needs this, so it cannot be skipped. Please answer, or press "Later".
no-question-before = This is the first question.
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday
asked-because = Because "{ $name }" has changed, related questions must be answered again.
add-another = { $name }: { $rows } so far{ $most }. Add another one?
more-photos = { $name }: { $rows } photos so far{ $most }. Send more, or press "Enough".
at-most = {" "}(at most { $most })
rows-at-least = At least { $least } are hoped for; there are { $rows } so far. Please add more; if there are no more, choose "Enough" again.
photos-at-least = At least { $least } photos are hoped for; there are { $rows } so far. Please send more; if there are none, choose "Enough" again.
row-unclear = Please press "Add" or "Enough".
all-answered = All questions are answered. Please look through them once, then submit.
missing =
    Almost done! These are left:
    { $lines }
missing-line = { $number }. { $name }
later-line = { $number }. { $name } (put off, not required)
which = { $name }: please choose.
whether = { $name }: { $value } – is that right?
say-again = All right, please send it again.
text-so-far =
    { $name } – written down:
    "{ $value }"
    Write more, or press "Done".
rewrite = All right, write it anew.
refused = This answer is not valid. Please look at it again.
check-failed = { $value } looks unusual. Keep it?
private-words = This seems to hold a phone number, an ID number or a pupil's name. The report needs counts only; better in general words, for example: "a pupil of class 5A". Keep it or change it?
colleague-was-quicker =
    { $who } has just answered this: { $theirs }
    Change it to { $yours }, or leave what { $who } wrote?
somebody = A colleague
button-old = This button belongs to question { $number } ({ $name }), which says: { $value }. To change it, type: sửa { $number }
button-gone = This button belongs to a question that is no longer in the form.
button-of-other-report = This button belongs to another report. Press "Go on" to return to what you were doing.
unread-text = Please write the answer in words.
unread-integer = I do not understand "{ $said }". Please send a whole number, for example: 45. If there is none, type 0.
unread-range = I do not understand "{ $said }". Please send a number, for example: 5.
unread-decimal = I do not understand "{ $said }". Please send a number, for example: 87,5
unread-money = I do not understand "{ $said }". Please send an amount, for example: 1.500.000 or 1tr5 or 500k. If there is none, type 0.
unread-date = I do not understand "{ $said }". Please send day and month, for example: 2/10.
unread-time = I do not understand "{ $said }". Please send a time, for example: 7h30.
unread-dateTime = I do not understand "{ $said }". Please send date and time, for example: 02/10/2023 7h30.
unread-select-one = I do not understand "{ $said }". Please press a button, or type the number of a choice, for example: 1.
unread-select-multiple = I do not understand "{ $said }". Please press the buttons, or type the numbers, for example: 1 3.
unread-rank = I do not understand "{ $said }". Please type the numbers in order, for example: 3 1 2.

## Photos

photo-wanted = This needs a photo. Send JPEG, PNG or HEIC, several at once if you like. If you have none yet, press "Later".
photo-empty = This photo is empty; perhaps its upload was not finished. Please send it again.
photo-too-big = This photo is over 20 MB. Please send it as a normal photo (not the original file), or send a screenshot of it.
photo-not-an-image = This file is not a photo. Please send a photo (JPEG, PNG, HEIC) from your phone's gallery.
photo-broken = This photo is damaged or not complete and cannot be opened. Please send it again, or another one.
photo-too-many-pixels = This photo is too large (over 80 megapixels). Please send it as a normal photo, or take it again at the usual size.
photo-warning-small = Photo { $number } is rather small and may print unclearly. If you have the original, send it as a file.
photo-warning-blurred = Photo { $number } looks blurred. If you have a sharper one, type: thay ảnh { $number }
photo-warning-dark = Photo { $number } is rather dark. If you have a brighter one, type: thay ảnh { $number }
photo-no-place = This form has no place for photos, so the one just sent is not used.
photo-no-report = A fine photo, but you have not opened a report yet. Press "Begin" and send it again.
photo-too-many = This part takes at most { $most } photos; the ones beyond are not taken. To exchange one, type: thay ảnh 2
photo-alike = Photo { $number } is very much like one you sent before. If it was a mistake, type: bỏ ảnh { $number }
photo-put-aside = The photo is kept for the photo part of the report; I will ask for its caption there.
photos-received = ✓ { $count } photos received.
photos-received-more = ✓ { $count } more photos received, { $total } in all.
photo-no-such = There is no photo of that number (there are { $rows }). Type "xem ảnh" to see the numbers.
photo-send-new = Please send the photo that replaces photo { $number }.
photos-now =
    The photos now:
    { $lines }
photo-fetch-failed = A photo could not be fetched because of the connection. Please send it again.
attachment-unused = I read words and photos only, so the file just sent is not used. Please type the answer.

## Looking through, correcting, submitting

review = Your report "{ $title }" (type "sửa" and a number to change an answer, for example: sửa 7):
edit-which = Which question? For example: 7, or at once: 7 = 45
edit-which-of =
    Which line? Type the number before it:
    { $lines }
edit-no-such = There is no question { $number } (the form has { $total }). Type "xem lại" to see all numbers.
edit-done = Question { $number } · { $name }: { $old } → { $new }
edit-follows = Changes with it – { $name }: { $old } → { $new }
edit-undone = Put back: { $name }
preview = This is the draft in Word, laid out by Decree 30/2020. The pages are being drawn…
preview-pages = Please look: is it right?
submitted =
    ✅ Submitted at { $clock } on { $day } – receipt { $receipt }.
    { $until }
submitted-again =
    ✅ Submitted again (version { $version }) at { $clock } on { $day } – receipt { $receipt }.
    { $until }
submitted-in-time = You may correct and submit again until it is due.
submitted-late = It came after the deadline and is recorded as late.
submitted-already = The report was submitted at { $clock } on { $day }, version { $version }, receipt { $receipt }. If you change an answer, press "Submit" again.
too-late-to-change = The time for changes is over; what was submitted stays as it is (receipt { $receipt }). If need be, ask the office in charge.
document-failed = I could not make the document. Your answers are all kept; please try again in some minutes by typing "xem bản Word".

## Help, my data

help =
    Just answer what is asked. At any time you may type:
    – báo cáo: what is to be done
    – tiếp tục: back to the open question
    – quay lại · bỏ qua · để sau: back · skip · later
    – sửa 7 · sửa 7 = 45: change an answer
    – xem lại · xem bản Word · nộp: look through · Word · submit
    – bỏ ảnh 2 · thay ảnh 3 · chuyển ảnh 5 lên 1 · xem ảnh: photos
    – gửi tệp: send photos and files by a web page when they cannot be sent here
    – kênh khác: go on with another phone
    – dữ liệu của tôi · xóa: my data · delete
my-data =
    What I keep of you:
    – Display name: { $name }
    – Accounts: { $channels }
    – Telephone number: { $phone }
    – School: { $units }
    – Answers you gave in this report: { $answered }; photos of the report: { $photos }
    Deleted by itself after { $days } days without a message.
channel-telegram = Telegram
channel-web = the web chat
channel-console = a terminal
app-zalo-bot = Zalo
app-zalo-oa = Zalo
channel-zalo-bot = Zalo Bot
channel-zalo-oa = Zalo OA

usage-messages = ⚠️ { $channel } has used { $messages }/{ $most } messages of this month. At 95 % broadcasts pause there, to keep the rest for reports.
usage-stopped = ⛔ { $channel } has used { $messages }/{ $most } messages of this month. Broadcasts pause there until next month; reports and reminders go on. Please invite schools to the web chat as well: send "kênh khác".
usage-people = ⚠️ { $channel } has { $people }/{ $most_people } people. Once it is full nobody new can write there; better use Zalo OA or the web chat for the other schools.
delete-what = What shall I delete? Account: your name, the link to the school, what you wrote. Draft: the school's answers and photos not yet submitted (your colleagues lose them too).
deleted = Your account, the link to the school and what you wrote here are deleted. Backups expire within 30 days. Messages in your chat app you delete yourself. Thank you.
turn-failed = I am sorry, I could not handle that; everything before is kept. Please send it again, or type "tiếp tục".

## Buttons

same-for-rest = Is it the same for the other { $count } photos?
button-same = The same
button-one-by-one = Ask for each
button-right = Yes
button-wrong = Change
button-not-mine = No
button-agree = Agree
button-disagree = Do not agree
button-more = Tell me more
button-start = Begin
button-continue = Go on
button-look = Show the report
button-dispatch = Show the dispatch
button-skip = Skip
button-back = Back
button-later = Later
button-keep = Keep as it is
button-keep-it = Keep
button-undo = Undo
button-change-it = Change
button-change = Change
button-leave = Leave
button-other = Something else
button-done = Done
button-rewrite = Write anew
button-add = Add
button-enough = Enough
button-submit = Submit
button-review = Look through
button-preview = Show Word
button-edit = Change
button-answer-missing = Answer the rest
button-delete = Delete data
button-delete-me = Delete my account
button-delete-all = Delete the draft too
button-cancel = Do not delete

## Telegram's menu

menu-baocao = Reports to submit
menu-tieptuc = Go on with the open question
menu-sua = Change an answer
menu-xemlai = Look through the answers
menu-nop = Submit the report
menu-word = Show the Word document
menu-trogiup = Help
menu-kenhkhac = Go on with another phone
menu-dulieu = My data
menu-xoa = Delete data

## Web chat: what the page itself says (the talk comes from the other parts)

web-title = Report assistant
web-bot = Assistant
web-you = You
web-log = The talk
web-welcome-title = Welcome!
web-welcome = I help you with your school's report, right here: answer short questions, send photos, and get the finished Word document.
web-welcome-code = Have an invitation code? Type it below.
web-hello-button = Begin
web-hello = Hello
web-menu = Usual commands
web-input = Type a message
web-send = Send
web-camera = Take a photo
web-gallery = Choose photos or files
web-to-newest = Go to the newest message
web-needs-script = This page needs JavaScript. Open it in Chrome, Safari or Firefox with JavaScript switched on, and load it again.

web-connecting = Connecting…
web-online = Connected
web-offline = No network – messages will be sent when it is back
web-reconnecting = Connection lost – trying again in { $seconds } s
web-replying = Replying…
web-sending = Sending…
web-sent = Sent
web-unsent = Not sent yet
web-send-again = Send again
web-refused = This message could not be sent. Please type it again, shorter.
web-today = Today
web-yesterday = Yesterday
web-choices = Choices
web-choices-again = Show the choices again
web-chosen = Chosen: { $label }
web-pressed-unknown = (chosen)
web-came-by-link = (opened the invitation)
web-new-messages = { $count } new
web-photo-gone = This photo has not arrived. Please send it again.
web-photo-bigger = See the photo larger
web-photos-sending = Sending { $done } of { $all } photos…
web-upload-waiting = Waiting
web-upload-too-big = The file is larger than { $limit } MB and cannot be sent. Choose a smaller one, or take the photo at the usual size.
web-upload-too-many = At most { $most } photos can be sent at once. Please send the others after these.
web-upload-quota = Too many files today. Please go on tomorrow.
web-upload-remove = Remove this photo
web-download = Download
web-drop-here = Drop photos or files here to send them
web-no-storage = This browser stores nothing: do not close the page while messages are unsent.

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

web-home = To the chat
web-link-old-title = The link has expired
web-link-old = For safety a download link is good for a short time only. Open the chat again to get a new one.
web-link-others-title = This link is somebody else's
web-link-others = A link works on its owner's device only. Open your own chat to download the file.
web-file-later-title = The file is being prepared
web-file-later = Please wait a minute and load this page again.
web-file-gone-title = The file is gone
web-file-gone = It was deleted when its time was over. Open the chat and type "review" to make the document again.
web-not-found-title = There is no such page
web-not-found = Perhaps a part of the link is missing. Open the link in your invitation again, or go to the chat.

web-demo-title = Try the report assistant
web-demo-lead = A sample campaign is ready: { $campaign }. Everything runs on this machine and nothing leaves it.
web-demo-teacher = Play a teacher
web-demo-teacher-text = Choose a school, answer some questions as on your phone and get the official Word document.
web-demo-officer = Play an officer
web-demo-officer-text = See the progress, remind schools, return single questions, get the totals.
web-demo-officer-go = Open the officer's desk
web-demo-more = { $count } more schools
web-demo-step-1 = Answer short questions
web-demo-step-2 = Send photos
web-demo-step-3 = Get the Word document
web-demo-foot = What you enter stays on this machine.

## The office's side

office-menu =
    I help you to follow the campaign. Press a button, or type for example:
    – progress: tiến độ · ai chưa nộp · nhắc chưa nộp
    – xem TH Bình An · duyệt TH Bình An · duyệt tất cả
    – trả lại TH Bình An: câu 12 thiếu kinh phí
    – gia hạn TH Bình An đến 17h mai
    – thông báo chưa nộp: (your words)
    – tải Excel · tải ZIP · báo cáo tổng hợp
    – phiếu mẫu · mở đợt · danh sách trường · phiếu mời
office-no-campaign = Your office has not opened a campaign yet.
office-campaigns =
    The campaigns:
    { $lines }
office-campaign-line = { $number }. { $title } – { $due } – { $state }
campaign-open-word = open
campaign-closed-word = closed
office-progress =
    { $title }: { $done } of { $total } schools have submitted, { $drafting } are at work, { $expected } have not begun ({ $when }).
office-progress-accepted = ✅ Accepted: { $count }
office-progress-waiting = 📥 To be reviewed: { $count }
office-progress-returned = ↩ Being corrected: { $count }
office-progress-late = ⏰ Late: { $count }
office-progress-took = Half of those who submitted took { $time } from the opening.
time-hours = { $count } hours
time-days = { $count } days
days-over = { $days } days late
office-nobody-missing = ✅ All schools have submitted.
office-missing =
    { $title } ({ $when }) – schools that have not submitted:
    { $lines }
office-missing-returned = Correcting ({ $count }):
office-missing-drafting = At work ({ $count }):
office-missing-expected = Not begun ({ $count }):
office-waits-for-head = waits for the head
and-more = … and { $count } more
office-no-school = No school called "{ $typed }" in this campaign. Please type the name again, for example: { $example }
office-which-school = "{ $typed }" may be one of these schools. Which one?
office-not-asked = { $school } is not part of "{ $title }".
office-plan-gone = This was done, dropped or replaced by something newer; nothing more has changed.
office-dropped = All right, nothing is done.
not-allowed = You may not do that ({ $deed }) for this unit.
not-for-you = This button is for officers. Type "báo cáo" to see what your school has to do.
office-file-wanted = I am waiting for a file. Please send it here, or type "thôi".

office-waiting-count = { $count } reports wait for a review.
office-nothing-to-review = No report waits for a review.
office-report =
    { $school } – { $status }
    Version { $version }, submitted at { $clock } on { $day }{ $late }, receipt { $receipt }.
office-status-submitted = to be reviewed
office-status-returned = being corrected
office-status-accepted = accepted
office-status-drafting = at work
office-status-expected = not begun
office-was-late = { " " }(late)
office-not-submitted =
    { $school } has not submitted ({ $status }). Due: { $due }.
    People here: { $people }
    Contact: { $contact }
office-nobody-joined = nobody yet
office-nothing-submitted = This school has submitted nothing yet, so there is nothing to look at or to send back.
office-text-end = That was all. Accept it, or send back what has to be put right.
office-history =
    What was done to the report of { $school }:
    { $lines }
office-one-version = There is only one version of this report, nothing to compare.
office-changes =
    { $school } – what version { $version } changes:
    { $lines }
change-line = Question { $number } · { $name }: { $old } → { $new }
no-changes = (no question has changed)
value-gone = (gone)
office-newer-version = The school has just submitted version { $version }, newer than what you looked at. Please look at it first.
office-cannot-accept = { $school } has no report that waits for a review.
office-accepted = ✅ The report of { $school } is accepted; { $count } people were told.
office-nothing-plain = No report can be accepted together with others; please look at each.
office-accept-all =
    Accept { $count } reports that came in time and are complete?{ $odd }
office-odd = { "\u000A" }Look at these one by one: { $names }.
office-accepted-all = ✅ { $count } reports are accepted.{ $left }
office-accepted-left = { " " }{ $count } with a new version are left.
office-not-accepted = This report was not accepted, so it need not be opened again.
office-reopened = The report of { $school } is open again; the school can correct and submit it.
office-accepted-already = The report of { $school } is accepted. Open it again before you send questions back.
office-which-questions =
    Which questions of { $school } go back, and why? Number and reason, one a line, for example:
    12 thiếu kinh phí vận động
    14 số học sinh chưa khớp
office-no-such-question = It is not clear which questions go back (there is no { $numbers }; the form has { $total }). Type the number, then why: 12 thiếu kinh phí vận động
return-line = Question { $number } · { $name } (now: { $value }) – { $reason }
return-no-reason = please check
office-return =
    Send { $count } questions back to { $school }:
    { $lines }
    All others stay. Send?
office-returned = ↩ { $count } questions went back to { $school }. { $names } will be asked only these ({ $reached } people were told).

office-until-when = Until when? For example: 17h mai, hết thứ sáu, 20/10
office-until-unclear = I do not know when "{ $typed }" is, or it is over. For example: 17h mai, hết thứ sáu, hết ngày { $day }
office-extend = Give { $school } until { $until }?
office-extended = ✓ { $school } has until { $until } ({ $reached } people were told).
office-refused = More time for { $school } was refused ({ $reached } people were told).
office-decided-already = This request was decided already.
office-extend-all = Move the deadline of "{ $title }" to { $until }? { $count } schools that have not submitted will be told.
office-deadline-set = ✓ New deadline: { $until }. { $reached } people were told.
office-close = Close "{ $title }"? Then no report is taken any more.{ $left }
office-close-left = { "\u000A" }{ $count } schools have not submitted: { $names }.
office-closed = "{ $title }" is closed.
office-campaign-reopened = "{ $title }" is open again.
office-late-unclear = Late reports can be taken until some time after the deadline ({ $due }). For example: nhận muộn đến hết ngày 20/10
office-late-set = ✓ Late reports are taken until { $until }.
office-mailbox-lost = { "\u000A" }These could not be sent: { $names }.
office-mailbox = Soft copies go to: { $mailbox }. To change: hộp thư: name@moet.edu.vn; to stop: hộp thư: không{ $lost }
office-mailbox-set = ✓ Each report goes to { $mailbox } as well.
office-mailbox-off = ✓ No more soft copies by e-mail.
office-sign-off-on = ✓ From now on the head approves in chat before a report of "{ $title }" counts.
office-sign-off-off = ✓ Reporters submit at once, without the head.

office-send-form = Please send the Excel file of the form (XLSForm). If there is none yet, type "phiếu mẫu".
office-form-fault =
    This form cannot be used yet ({ $counted }). Mend this and send it again:
    { $fault }{ $shown }
office-form-without-template = The version before has a Word layout of its own; this one comes without. To keep it, zip the form with report.docx and send it again.
office-form-again =
    The campaign "{ $title }" runs with an earlier version of this form (new: { $added } added, { $dropped } dropped, { $changed } of another type).
    Replace the form of the running campaign? Answers stay, schools only answer what is new.
office-published = ✓ The campaign "{ $title }" asks by the new form from now on. { $people } people who have begun or submitted were told.
office-published-already = The campaign "{ $title }" uses exactly this form.
button-publish = Replace the running form
button-open-another = Open a new campaign
office-form-read = ✓ "{ $title }": { $questions } questions. If you have a Word template of your own (report.docx), send it now.
office-trial = I have answered the form as a school would (by chance, without photos). This is its document; no school has been told anything:
office-trial-pages = Its pages as they print. If something is not right, change the workbook and send it again.
office-trial-name = Trial of { $title }
office-ask-title = Name of the campaign? (last time: { $old })
office-ask-due = The deadline, in the words of the dispatch, for example: trước ngày { $day }
office-ask-fact = { $name }?{ $before }
office-fact-before = { " " }(last time: { $value })
office-fact-default = { " " }(in the form: { $value })
office-ask-recipients =
    Which of the { $count } schools?
    Type { $groups }the names of schools, with commas between them.
office-groups = { $groups } or{ " " }
office-group-levels = levels ({ $levels })
office-group-clusters = clusters ({ $clusters })
office-no-recipients = I do not know which schools "{ $typed }" are. For example: TH, THCS · cụm 1 · TH Bình An, MN Hoa Sen
office-open =
    Open "{ $title }"
    Due: { $due } (that is { $until })
    For { $count } schools{ $names }.
    { $facts }
office-opened = ✅ "{ $title }" is open for { $count } schools; { $reached } people were told.
office-send-dispatch = Please send the file of the dispatch (PDF or Word).
office-dispatch-kept = ✓ "{ $name }" goes with "{ $title }". Schools press "Xem công văn" to read it.

button-open-campaign = Open a campaign
button-campaigns = Campaigns
button-progress = Progress
button-who-not = Who has not
button-review-next = Review
button-remind = Remind { $count } schools
button-remind-one = Remind this school
button-excel = Excel
button-more-office = More
button-accept = Accept
button-accept-count = Accept { $count } reports
button-return = Send back
button-reopen-report = Open again
button-undo-accept = Undo
button-read-text = Read as text
button-changes = What has changed
button-history = History
button-extend = Give more time
button-grant = Grant
button-refuse = Refuse
button-drop = Cancel
button-close-campaign = Close
button-reopen-campaign = Open again
button-trial = See the document
button-as-before = As last time
button-as-in-form = As in the form
button-all-schools = All schools
button-open-now = Open
button-send-dispatch = Add the dispatch
button-import = Import schools
button-fix-now = Correct now
button-look-approve = Look and approve
button-approve = Approve and submit
button-give-back = Not yet
button-ask-extension = Ask for more time

role-reporter = reporter
role-head = head
role-officer = officer
role-admin = administrator

end-of-day = the end of { $day }
at-hour = { $clock } on { $day }
latest-day = at the latest by the end of { $day }
latest-hour = at the latest at { $clock } on { $day }

## What schools are told

notice-new-campaign =
    📋 A new campaign: { $title }
    Due: { $due } ({ $last }).
notice-new-deadline =
    The deadline of "{ $title }" has changed: { $due } ({ $last }).
notice-accepted = ✅ The report "{ $title }" (version { $version }, receipt { $receipt }) is accepted. Thank you!
notice-returned =
    ↩ { $count } questions of "{ $title }" have to be put right:
    { $lines }
    Only these are asked again, all others stay.
returned-line = Question { $number } · { $name }: { $reason }
returned-because = ↩ To be put right: { $reason }
resume-returned = { $count } questions are left that the office asked about.
notice-reopened = The report "{ $title }" is open again; you can correct and submit it.
notice-new-form =
    The form of "{ $title }" has a new version: { $added } questions added, { $dropped } dropped, { $changed } of another type.
    What you have answered stays; only what is new is asked.
notice-extended = ✓ More time for "{ $title }": { $due } (until { $last }).
notice-extension-asked =
    { $school } asks for more time for "{ $title }", until { $until }.
    Why: { $reason }
notice-extension-refused = More time for "{ $title }" was not granted. It is still due: { $due }.
notice-prepared = { $name } has finished "{ $title }"; it is submitted once you approve.
notice-not-approved =
    The head has not approved "{ $title }":
    { $reason }
notice-membership-ended = You do not report for { $unit } any more. Thank you!
notice-new-version =
    { $school } has submitted again (version { $version }):
    { $lines }
changes-sent =
    What has changed:
    { $lines }
prepared = ✓ It is with the head now. Once approved it is submitted, and I tell you.
prepared-no-head = It is ready, but nobody here is head of { $school } to approve it. Please ask the office for an invitation for the head.
prepared-already = "{ $title }" waits for the head. You can still change it; then press "Nộp" again.
prepared-no-more = This report does not wait for approval any more.
head-approves =
    { $name } has finished "{ $title }". Please look at it, then approve.
head-why-not = What has to be changed? Type a few words, I pass them on.
head-gave-back = It went back to whoever prepared it.
accepted-already = The report is accepted (receipt { $receipt }), so it is not submitted again. Ask the office to open it if something has to be changed.
too-late = Late reports are not taken any more. Your work is kept; you can ask for more time.
more-time-ask = Until when does the school need, and why? For example: đến 17h thứ sáu vì mất điện
more-time-unclear = I do not know until when (it must be after the present deadline: { $due }). For example: đến 17h thứ sáu vì mất điện
more-time-too-early = That is not after the present deadline ({ $due }). Please ask for a later day, for example: đến 17h thứ sáu tuần sau vì mất điện
more-time-asked = Asked for time until { $until } (why: { $reason }). I tell you as soon as there is an answer.
more-time-nobody = Noted: until { $until } (why: { $reason }), but nobody of the office is here; please call them.

## Names of deeds

deed-submit = submit a report
deed-accept = accept a report
deed-return = send questions back
deed-reopen-report = open a report again
deed-extend = give more time
deed-ask-extension = ask for more time
deed-refuse-extension = refuse more time
deed-prepare = leave it to the head
deed-not-approved = not approved by the head
deed-approve = approve as head
deed-open-campaign = open a campaign
deed-close-campaign = close a campaign
deed-reopen-campaign = open a campaign again
deed-change-campaign = change a campaign
deed-publish-form = replace the form of a running campaign
deed-set-deadline = move a deadline
deed-invite = invite
deed-invite-to-school = invite to a school
deed-invite-to-office = invite to an office
deed-end-membership = let somebody go
deed-fill = answer the form
deed-see-report = see a report
deed-see-own-status = see a school's status
deed-see-progress = see progress
deed-see-totals = see totals
deed-remind = remind
deed-broadcast = broadcast
deed-import-roster = import schools
deed-submit-office-report = submit the office's report
deed-see-audit = see the audit
menu-giahan = Ask for more time
menu-lich = Calendar of deadlines

## Inviting

invitation-made = Invitation ({ $role }) for { $unit }. Pass the next message on; the code works once:
invitation-text =
    { $unit }: please make the report with the report assistant.
    Open: { $link }
    Or tell the assistant: BATDAU { $code }
invite-nobody-left = Every school has a reporter here already.
invite-all =
    { $count } schools have no reporter yet: { $names }.
    Make codes for them? (older unused codes end)
invite-all-made = ✓ { $count } codes. Print this file and cut it up: one card with a QR code for each school.
office-members =
    { $unit }:
    { $lines }
office-member-gone = ✓ They do not report for { $unit } any more. The work is kept for whoever comes next.
office-audit =
    What was done lately:
    { $lines }
calendar = Open this file to add the deadlines to the calendar of your phone.
button-make-codes = Make { $count } codes
button-let-go = Let go: { $name }
button-invite-reporter = Invite a reporter
button-invite-head = Invite the head
button-invite-successor = Invite a successor
web-say-lich = lịch
web-say-xin-gia-han = xin gia hạn

# Reminders

remind-one =
    🔔 A reminder: 1 report is not submitted yet.
    { $lines }
remind-several =
    🔔 A reminder: { $count } reports are not submitted yet.
    { $lines }
remind-line =
    • { $title } – { $school }
    Due: { $due } – { $left }. { $state }
remind-more = … and { $count } more.
template-and-more = { $title } and { $count } more reports
template-any-news = your unit's reports
template-broadcast = an announcement of { $office }
remind-expected = Not begun.
remind-drafting = Begun.
remind-returned = Sent back, to be corrected and submitted again.
remind-prepared = Ready, waiting for the head's approval.
left-days = { $count } days left
left-hours = { $count } hours left
left-minutes = { $count } minutes left
late-days = { $count } days late
late-hours = { $count } hours late
late-minutes = { $count } minutes late
button-snooze-2 = In 2 hours
button-snooze-afternoon = This afternoon
button-snooze-tomorrow = Tomorrow
snoozed = I will remind you again at { $clock } on { $day }.
snooze-how = When shall I remind you again? For example: 2 hours, this afternoon, tomorrow, Monday
call-list =
    📞 { $count } schools need a telephone call:
    { $lines }
call-line =
    • { $school } – { $contact }
    { $title }: { $left }; { $why }
call-late = reminded { $count } times
call-nobody = nobody of the school has joined
call-unreachable = nobody of the school can be reached by chat
call-no-contact = no telephone number
ladder-days = { $list } days
ladder-hours = { $list } hours
ladder-and = { " and " }
ladder-before = { $list } before the deadline
ladder-late = when late: { $list }
ladder-daily = every day
ladder-every = every { $days } days
ladder-late-day = after { $days } days
ladder-never = no reminders
calendar-name = What my school owes
calendar-due = Due: { $title }
calendar-about =
    { $school }
    Due: { $due }
calendar-alarm = A report is due: { $title }

office-remind =
    Remind { $schools } schools ({ $people } people) of "{ $title }"? The reminder says when it is due and how long is left.{ $unreached }
office-remind-unreached = { "\u000A" }{ $count } schools cannot be reached (nobody is here): { $names }.
office-remind-nobody = There is nobody to remind.{ $unreached }
office-reminded-already = They were reminded a few minutes ago, so not again.
office-reminded = ✓ { $count } people of { $schools } schools were reminded.
office-ladder = Reminders by themselves: { $ladder }. To change, for example: lịch nhắc: 7, 3, 1 ngày và 3 giờ trước, rồi mỗi ngày (or: nhẹ, vừa, gắt, không)
office-ladder-unclear = I do not understand that. For example: lịch nhắc: 7, 3, 1 ngày và 3 giờ trước, rồi mỗi ngày. Now: { $ladder }.
office-ladder-set = ✓ From now on: { $ladder }.
button-send = Send

## Broadcasts

button-received = Received
button-bpause = Pause
button-bresume = Go on sending
button-bcancel = Cancel sending
button-bretry = Send again to those not reached
broadcast-audience = Goes to { $people } people of { $schools } schools: { $channels }.
broadcast-unreachable = Cannot be reached: { $names }
broadcast-nobody = Schools that nobody has joined: { $names }
broadcast-running = 📣 Sending the announcement
broadcast-paused = ⏸ The announcement is paused
broadcast-cancelled = The announcement was cancelled
broadcast-done = ✅ The announcement has been sent
broadcast-sums = { $done }/{ $total } people ({ $percent }%)
broadcast-count-sent = – Sent: { $count }
broadcast-count-acknowledged = – Pressed "Received": { $count }
broadcast-count-failed = – Could not be sent: { $count }
broadcast-count-unknown = – Perhaps arrived, perhaps not: { $count }
broadcast-count-cancelled = – Not sent any more: { $count }
broadcast-failure = • { $name }, { $school }: { $why }
broadcast-why-gone = has blocked the assistant or closed the account
broadcast-why-away = the chat application does not let us write now (they have not written for long); please telephone
broadcast-held = ⏸ { $count } people wait: { $channels } has used 95 % of this month's messages, so broadcasts pause there.
broadcast-why-rejected = the chat application does not take this message
broadcast-why-lost = the connection broke while sending; please ask them, the assistant does not send twice by itself
broadcast-more = and { $count } others

# A list of schools sent as a file

roster-too-big = The file is too large: I take lists of up to { $megabytes } MB. Please remove pictures and sheets that are not needed and send it again.
roster-too-many-rows = Sheet “{ $sheet }” has more than { $most } rows, so I did not read it. Please keep only the list of schools and send it again.
roster-empty = This file is empty. Please check it and send it again.
roster-old-excel = This is an old Excel file (.xls), or it has a password. Please open it, choose Save as → Excel Workbook (.xlsx) without a password, and send it again.
roster-kind = I can only read lists in Excel (.xlsx) or CSV. Please copy the list into Excel and send it again.
roster-unreadable = The file is damaged and I cannot open it. Please open it in Excel, save it as .xlsx and send it again.
roster-encoding = I cannot read the letters in this file. Please open it in Excel, save it as .xlsx and send it again.
roster-old-font = Sheet “{ $sheet }”, cell { $column }{ $row } uses an old font (TCVN3 or VNI) that I cannot read. Please convert it to Unicode (Unikey: Ctrl + Shift + F6) and send it again.
roster-no-list = I see no list of schools in sheet “{ $sheet }”. Please give it a column headed “Tên trường”, one school in each row, and send it again.

roster-added = + { $count } new: { $names }
roster-changed = ~ { $count } changed: { $changes }
roster-change = { $field }: { $before } → { $after }
roster-unchanged = = { $count } unchanged
roster-missing = ? { $count } in the system but not in the file (kept as they are): { $names }
roster-hidden = I skipped { $count } rows that are hidden in the file.
roster-more = … and { $count } more
roster-warning = ⚠ row { $row }, column { $column }: { $text }
roster-warning-sheet = ⚠ sheet “{ $sheet }”, row { $row }, column { $column }: { $text }
roster-more-warnings = ⚠ … and { $count } more to look at.
roster-field-name = name
roster-field-level = level
roster-field-cluster = cluster
roster-field-code = code
roster-field-head = head
roster-field-phone = phone
roster-field-email = email

roster-row-no-level = of which level is “{ $name }”? Write MN, TH, THCS… before the name or in the column Cấp học.
roster-row-no-name = “{ $name }” has no name of its own. Write it in full, such as TH Bình An.
roster-row-two-levels = “{ $name }”: the name says { $one }, the level column { $other }. Make them agree.
roster-row-twice = “{ $name }” is the same as row { $other }. Delete one of them, or write different names.
roster-row-several = “{ $name }” may be: { $others }. Add the level, the cluster or the school's code.
roster-row-accents = “{ $name }” has other accents than { $others }. Correct them, or add the school's code.
roster-row-alike = “{ $name }” is nearly { $other }. If they are one, write that name; if they are two, put both in the file.
roster-row-other-code = “{ $name }” has the code of { $other }. Correct the code.
roster-row-closed = { $name } is closed in the system. Remove this row, or write the new name.
roster-row-formula = the name cell shows the error { $name }. Type the name of the school.
roster-row-long = the name is too long: “{ $name }…”. Shorten it.
roster-cell-phone = “{ $value }” is not a phone number; I skip this cell. Write all 10 digits, such as 0912345678.
roster-cell-rounded = Excel has rounded the phone number “{ $value }”; I skip this cell. Format the cell as Text and type the number again.
roster-cell-email = “{ $value }” is not an email address; I skip this cell.
roster-cell-formula = the cell shows the error { $value }; I skip this cell. Type the value.
roster-cell-too-long = the cell is too long: “{ $value }…”; I skip this cell. Shorten it.

## Totals: workbook, CSV, archive

totals-sheet-main = Totals
totals-sheet-missing = Not submitted
totals-sheet-source = Source
totals-number = No.
totals-school = School
totals-level = Level
totals-cluster = Cluster
totals-office = Office
totals-status = Status
totals-due = Deadline
totals-submitted-at = Submitted at
totals-version = Version
totals-receipt = Receipt
totals-row = Row
totals-sum = Total
totals-photo = has a photo
totals-contact = Contact
totals-phone = Telephone
totals-status-accepted = Accepted
totals-status-submitted = Submitted
totals-status-returned = Submitted, being corrected
totals-status-late = Submitted late
totals-status-drafting = In progress
totals-status-expected = Not begun
totals-status-overdue = Overdue, not submitted
totals-status-after = Submitted after the figures were taken
totals-source-title = Campaign
totals-source-due = Deadline
totals-source-frozen = Figures as of
totals-source-at-deadline = { $at }, the deadline
totals-source-units = Units
totals-source-in = Submitted
totals-source-late = Submitted late
totals-source-missing = Not submitted
totals-source-form = Fingerprint of the form
totals-source-note = Each row names the school, the version and the receipt of the report that its figures come from.
totals-file-xlsx = Totals { $title }
totals-file-csv = Totals { $title } (CSV)
totals-file-zip = Reports of all units - { $title }
totals-file-document = { $school } - Report { $title }

## Picture of progress

progress-done = submitted
progress-doing = in progress
progress-waiting = not begun
progress-overdue = overdue
progress-of = { $done }/{ $all }
progress-submitted = schools have submitted
progress-due = Deadline: { $due }
progress-at = As of { $at }
progress-no-level = Other
progress-late-title = Overdue, not submitted: { $count } schools
progress-more = and { $count } more schools
progress-file = Progress { $title }

## The office's own report

office-paper-name = Summary report { $title }
office-paper-subject = On the results of { $title }
office-paper-opening = { $office } has asked { $count } units to report on “{ $title }”, deadline { $due }. From the reports received until { $at }, { $office } reports as follows:
office-paper-opening-dispatch = On { $date }, { $office } issued Dispatch No. { $number }, asking { $count } units to report on “{ $title }”, deadline { $due }. From the reports received until { $at }, { $office } reports as follows:
office-paper-standing = Reports handed in
office-paper-standing-item = Overall
office-paper-standing-text = Units that have to report: { $count }. Units that have reported: { $in }, or { $percent }; of these { $on_time } on time and { $late } late. Units that have not reported: { $missing }.
office-paper-standing-table = By level:
office-paper-standing-offices = By office:
office-paper-standing-list = (The list of units is in { $appendix }.)
office-paper-late-item = Units that were late
office-paper-missing-item = Units that have not reported
office-paper-level = Level
office-paper-units = Units
office-paper-on-time = On time
office-paper-late = Late
office-paper-missing = Missing
office-paper-share = Share
office-paper-total = Total
office-paper-other-level = Other
office-paper-results = Results
office-paper-number-line = { $title }: { $sum }
office-paper-number-line-some = { $title }: { $sum } (figures from { $units } units)
office-paper-choice-line = { $title }: { $choices }
office-paper-choice = { $label } ({ $count } units)
office-paper-figures-item = Table of figures
office-paper-figures-text = The figures, added up from the reports of { $in } units, are in { $appendix }.
office-paper-compared-item = Compared with the last period
office-paper-compared-text = In the last period (“{ $title }”) { $in_before } of { $count_before } units reported, or { $percent_before }; this time { $in } of { $count }, or { $percent }. Figure by figure the comparison is in { $appendix }.
office-paper-appendix-units = Reports handed in by the units
office-paper-appendix-figures = Figures of { $title }
office-paper-appendix-photos = Some pictures of { $title }
office-paper-section-on-time = Handed in on time ({ $count } units)
office-paper-section-late = Handed in late ({ $count } units)
office-paper-section-missing = Not handed in ({ $count } units)
office-paper-unit = Unit
office-paper-submitted-at = Handed in at
office-paper-receipt = Receipt
office-paper-receipt-version = { $receipt } (version { $version })
office-paper-figure = What
office-paper-figure-unit = Unit of measure
office-paper-figure-sum = Total
office-paper-figure-units = Units that reported
office-paper-figure-before = Last period
office-paper-figure-now = This period
office-paper-figure-change = Change
office-paper-caption = { $caption } ({ $school })
office-paper-photos-text = Some pictures sent by the units are in { $appendix }.
office-paper-photos-item = Pictures
office-paper-tables = Figures and pictures

office-more = More (all orders: type "trợ giúp"):
office-excel = The totals: a line for each school, sums as formulas, each number with school and version.
office-csv = The tables as CSV.
office-zip = The Word documents of all schools that have submitted.
office-report-made = The office's own report, by Decree 30:
office-report-pages = Page by page as printed. { $when }
office-report-frozen = Numbers as at the deadline.
office-report-now = Numbers as of now; after the deadline type "báo cáo tổng hợp" again for those of the deadline.
office-nobody-above = No office above has asked for this, so there is nowhere to submit it.
office-submit-report = Submit the office's report for "{ $title }" to the office above?{ $left }
office-submit-left = { " " }{ $count } schools have not submitted.
office-report-submitted = ✅ The office's report is submitted (version { $version }), receipt { $receipt }.
office-pass-down = The office above asks for "{ $title }", due { $due }. Let us ask your schools, some days earlier.
office-broadcast =
    { $audience }
    The words:
    { $text }
office-broadcast-begun = It begins; the next message shows how far it is.
office-broadcast-when = When? For example: 8h sáng mai, 14h thứ hai
office-broadcast-scheduled = ✓ It will be sent at { $clock } on { $day }.
office-broadcast-pause = ⏸ Paused.
office-broadcast-resume = ▶ It goes on.
office-broadcast-cancel = Cancelled; whoever has not got it will not.
office-broadcast-retry = It is sent again to those whom it did not reach.
received-thanks = ✓ Noted. Thank you!
received-already = That was noted before.
received-nothing = No broadcast waits for your confirmation.
office-send-list = Please send the list of schools (Excel or CSV). Any columns, as long as the names are there; I say what would change first.
office-list =
    "{ $name }":
    { $lines }
    Take it over?
office-list-same =
    This list changes nothing:
    { $lines }
office-imported = ✓ { $added } schools added, { $changed } changed. A mistake? Press "Undo".
office-nothing-to-undo = There is no import to undo.
office-undone = ✓ "{ $name }" is undone ({ $count } schools).{ $kept }
office-undo-kept = { " " }Kept, as they are in use: { $names }.
button-zip = All documents
button-office-report = The office's report
button-submit-office-report = Submit to the office above
button-pass-down = Ask my schools
button-apply = Take over
button-invite-all = Invitations
button-at-another-time = At another time
button-with-dispatch = With the dispatch
menu-danhan = I have got the broadcast
web-say-da-nhan = đã nhận
deed-undo-roster = undo an import
sheet-scan = Scan the code or open: { $link }
sheet-say = or tell the assistant: BATDAU { $code }
sheet-until = Invitation ({ $role }); works once, until { $day }
mail-from = Report Assistant
mail-subject = [Report] { $school } – { $title } (version { $version })
mail-body =
    { $school } submitted the report "{ $title }" (version { $version }) at { $clock } on { $day }.
    Receipt: { $receipt }.
    The soft copy (Word) is attached.

    This mail was sent automatically by the Report Assistant; no reply is needed.
office-dispatch-set = ✓ Dispatch { $number } of { $date }; it stands in the office's report.
office-reviewer-all = ✓ All officers are told of what has to be reviewed.
office-reviewer-who = Who reviews? Type the name of an officer ({ $names }), "tôi" or "tất cả".
office-reviewer-set = ✓ From now on { $name } is told of what has to be reviewed.
invite-heads-only = Only the head can invite colleagues of a school. Please ask the head, or the office for a code.
menu-moi = Invite a colleague (heads)
web-say-moi-dong-nghiep = mời đồng nghiệp
the-operator = the operator
invitation-text-office =
    Please follow the reports of the schools for { $unit } with the report assistant.
    Open: { $link }
    Or tell the assistant: BATDAU { $code }
broadcast-from = 📣 From { $office }
help-office =
    Type, with or without accents:
    – tiến độ · ai chưa nộp · nhắc chưa nộp · nhắc TH Bình An
    – xem TH Bình An · so sánh TH Bình An · duyệt TH Bình An · duyệt tất cả · mở lại TH Bình An
    – trả lại TH Bình An: câu 12 thiếu kinh phí; câu 14 chưa khớp
    – gia hạn TH Bình An đến 17h mai · gia hạn tất cả đến 20/10 · nhận muộn đến 25/10
    – thông báo: … · thông báo chưa nộp: … · thông báo cấp TH: …
    – tải Excel · tải CSV · tải ZIP · báo cáo tổng hợp · nộp báo cáo tổng hợp
    – danh sách trường · hoàn tác · phiếu mời · mời TH Bình An · mời hiệu trưởng TH Bình An · mời cán bộ · ai phụ trách TH Bình An
    – mở đợt · lặp lại đợt · đợt · đóng đợt · mở lại đợt
    – gửi tệp: send a list or a dispatch by a web page when files cannot be sent here
    – lịch nhắc: 7, 3, 1 ngày và 3 giờ trước · bật ký duyệt · hộp thư: ten@moet.edu.vn · công văn số … ngày … · người duyệt: tên · nhật ký

# A new version of a form

version-changed = ℹ️ The office has replaced this form by a new version. Your answers stay.
version-new = New questions: { $count }.
version-again = To be answered again: { $names }.
version-gone = Asked no more (kept, but not in the report): { $names }.

## Beside the channels: links to files, the page for files, invitations on Zalo

channel-other = chat app
unseen =
    { $app } does not pass this file on to me. Please send a photo of it, or upload the file at:
    { $link }
upload-page =
    Please send photos or files on this page (it works for 24 hours):
    { $link }
phone-kept = ✓ The number { $phone } is kept, only to remind you of deadlines when nothing can be sent here. See it with "dữ liệu của tôi", delete it with "xóa".
phone-unclear = I could not read this telephone number, so it was not kept. There is no need to send it again; everything works here.
contact-unused = I do not need other people's numbers, so this contact is not used.
back-again = Welcome back! Type "báo cáo" to see what there is to do.
back-again-at = Welcome back! You are at question { $number }/{ $total } of "{ $title }"; type "tiếp tục" to go on.
button-what = What is to do
way-code = – on { $app }: open { $link } and type: BATDAU { $code }
way-link = – on { $app }: open { $link }
sheet-web = On the web
sheet-open = Or open: { $link }
sheet-then-web = Scan to enter
sheet-then-open = Scan, press Start
sheet-then-say =
    Scan, then type:
    BATDAU { $code }
web-issued-old-title = This link has ended
web-issued-old = To be safe, links to files work for a short time only, and end when there is a newer version. Please go back to the chat and type "xem bản Word", or open the newest message.
web-issued-gone-title = This file is gone
web-issued-gone = The file was deleted when its time was over. Please go back to the chat and type "xem bản Word" to have it made again.
web-gui-old-title = This page has ended
web-gui-old = Each link to send files works for 24 hours. Please go back to the chat and type "gửi tệp" for a new one.
web-gui-too-big-title = This file is too big
web-gui-too-big = Each file may have 20 MB. Please go back to the page before and choose a smaller one.
web-upload-old = This page has ended. Please go back to the chat and type "gửi tệp" for a new link.
web-gui-title = Send photos and files to the assistant
web-gui-lead = Photos and files sent here go straight into your chat on { $app }.
web-gui-choose = Choose photos or files
web-gui-foot = A lost connection does no harm: the page goes on when it is back. Each file may have 20 MB.
web-gui-waiting = Waiting
web-gui-sending = Sending…
web-gui-again = Offline, will go on
web-gui-received = ✓ Received
web-gui-refused = Could not be sent
web-gui-done = ✓ { $count } files received. Go back to { $app } to continue.
web-elsewhere = Open in { $app }
web-elsewhere-type = Open { $app }, then send the assistant this line:
web-copy = Copy
web-copied = ✓ Copied

# Zalo Bot Platform
photo-not-given = This photo can no longer be fetched: it is too big, or it was sent so long ago that it has been deleted where it lay. Please send it again as a normal photo (not the original file).

## Zalo Official Account: "python -m bot check"

oa-check-ok = Zalo OA: connected to "{ $name }" (package { $package }).
oa-check-no-app-secret = Zalo OA: BOT_ZALO_OA_APP_SECRET is not set (the app's secret key, at developers.zalo.me → Cài đặt).
oa-check-no-secret-key = Zalo OA: BOT_ZALO_OA_SECRET_KEY is not set (OA Secret Key, at developers.zalo.me → Webhook); without it what people send is refused.
oa-check-refused = Zalo OA: Zalo refuses, please act: { $reason }
oa-check-down = Zalo OA: Zalo could not be asked, please try again later: { $reason }
oa-check-not-verified = Zalo OA: "{ $name }" is not verified; Zalo opens its API to verified accounts only (oa.zalo.me → Xác thực tài khoản).
oa-check-no-template = Zalo OA: { $setting } is not set; whoever has been silent for 7 days will not get messages of this kind by Zalo.
oa-check-no-money = Zalo OA: "{ $name }" is not linked to a Zalo Cloud Account; templates and messages outside of 48 hours cannot be sent.

# The settings of Zalo (python -m bot check)

zalo-check-ok = Zalo Bot: connected to "{ $name }" ({ $mode }).
zalo-check-setting = Zalo Bot: a setting is wrong: { $reason }
zalo-check-token = Zalo Bot: Zalo does not know the token. Copy BOT_ZALO_BOT_TOKEN again from Zalo Bot Creator; a "reset" ends the old one at once.
zalo-check-down = Zalo Bot: Zalo could not be asked, try again later: { $reason }
zalo-check-not-https = Zalo Bot: BOT_PUBLIC_URL is { $address }; it has to be an https:// address that opens from outside, or people see neither pictures nor documents.
zalo-check-no-link = Zalo Bot: BOT_ZALO_BOT_LINK is not set (the tab "Chia sẻ" in Zalo Bot Creator); invitations will have no QR code of Zalo.
oa-check-no-link = Zalo OA: BOT_ZALO_OA_LINK is not set (https://zalo.me/ and the id of the account); invitations will have no QR code of Zalo.

## Questions of a form: places, files, what a chat cannot ask

# Faults of a form when it is imported: line one says what is wrong, line two what to do (bot/forms/fault_words.py)
fault-in-file = The file
fault-in-sheet = Sheet { $sheet }
fault-in-row = Sheet { $sheet }, row { $row }
fault-in-column = Sheet { $sheet }, row { $row }, column { $column }
fault-in-cell = Sheet { $sheet }, cell { $cell } (column { $column })
fault-in-xform = XForm { $path }
fault-line = { $place }: { $problem } → { $remedy }
fault-line-warning = (have a look) { $place }: { $problem } → { $remedy }
fault-more = … and { $count } more.
fault-errors = { $count } to mend
fault-warnings = { $count } to look at
fault-sheet = To mend
fault-author = Report assistant
fault-sheet-title = In this form: { $counted }. Click in the first column to go to the cell.
fault-head-place = Where
fault-head-problem = What is wrong
fault-head-remedy = What to do
fault-file-large =
    The file is larger than { $most } MB.
    Delete pictures and sheets that are not needed and send it again.
fault-file-empty =
    The file is empty.
    Open it again on your computer, save it and send it again.
fault-file-html =
    This is a web page, not a workbook.
    In Google Sheets choose File → Download → Microsoft Excel (.xlsx) and send that file.
fault-file-gsheet =
    This is only a link to Google Sheets, without the form.
    In Google Sheets choose File → Download → Microsoft Excel (.xlsx) and send that file.
fault-file-text =
    This is a text file (CSV), which holds one sheet; a form needs several.
    Open it in Excel, make the sheets survey, choices, settings, and save as Excel Workbook (.xlsx).
fault-file-other =
    This is a { $kind } file, which cannot be read.
    Open it, save it as Excel Workbook (.xlsx) and send it again.
fault-file-archive =
    There is no form in this archive.
    Zip the form (.xlsx) with its files and send it again, or send the .xlsx alone.
fault-bundle-forms =
    There are several forms in the archive: { $found }.
    Leave one .xlsx with its files, zip them and send them again.
fault-bundle-large =
    The files in the archive are more than { $most } MB together.
    Make the pictures smaller, leave out what is not used, zip and send again.
fault-media =
    The file { $file } does not come with the form, or is no picture, sound or film.
    Zip the form with this file and send the .zip; left as it is, the question comes without it.
fault-file-password =
    The file has a password and cannot be opened.
    In Excel choose File → Info → Protect Workbook, delete the password, save and send it again.
fault-file-broken =
    The file is damaged, or is no Excel file.
    Open it in Excel, save it as Excel Workbook (.xlsx) and send it again.
fault-file-bomb =
    What is inside is far larger than the file looks.
    Copy the form's cells into a new Excel file and send that.
fault-file-slow =
    Reading this file took too long and was stopped.
    Delete sheets, rows and formulas that are not needed and send it again.
fault-file-heavy =
    This file needs too much memory or time to read.
    Delete sheets, rows and formulas that are not needed and send it again.
fault-file-strange =
    There is something unusual in the file; it cannot be read.
    Copy the cells into a new sample form and send that.
fault-cells-too-many =
    The file has too many cells.
    Delete the superfluous rows and columns at the end of each sheet and send it again.
fault-rows-too-many =
    This sheet has { $count } rows; at most { $most } are taken.
    Make several forms of it, or delete rows that are not needed.
fault-sheet-survey =
    There is no sheet survey (the file has: { $found }).
    Call the sheet with the questions survey.
fault-sheet-survey-meant =
    There is no sheet survey, only a sheet "{ $found }".
    Rename the sheet "{ $found }" to survey.
fault-sheet-choices =
    The form has questions with choices and no sheet choices.
    Add a sheet choices with the columns list_name, name, label, and write the choices there.
fault-sheet-choices-meant =
    The form has questions with choices and no sheet choices, only a sheet "{ $found }".
    Rename the sheet "{ $found }" to choices.
fault-sheet-meant =
    The sheet "{ $found }" is not read.
    If it is the sheet { $meant }, rename it to { $meant }.
fault-sheet-similar =
    There is no sheet { $sheet }, only one with a similar name: { $found }.
    Rename that sheet to { $sheet }.
fault-sheet-empty =
    There is nothing in the sheet { $sheet }.
    Row 1 names the columns, each further row is a question; see the sample form.
fault-header-lower =
    The row with the names of the columns is row { $row }.
    Delete the rows above it, so that it is row 1.
fault-header-none =
    Row 1 of the sheet { $sheet } does not name the columns.
    Write their names in row 1, for example: type, name, label.
fault-header-missing =
    The sheet { $sheet } lacks the column { $columns }.
    Add it, with its name in row 1.
fault-header-blank =
    The column's name "{ $column }" is empty or has a blank.
    Write it in one word, for example cap_hoc.
fault-column-missing =
    This sheet has no column { $column }.
    Add a column { $column }, with its name in row 1.
fault-column-twice =
    Two columns mean the same: "{ $column }".
    Keep one of them; delete or rename the other.
fault-column-alias =
    The columns "{ $column }" and "{ $other }" are the same.
    Keep one of them and delete the other.
fault-column-lost =
    There is no column called "{ $column }"; what stands in it is lost.
    If { $meant } is meant, rename it to { $meant }.
fault-prefix =
    The prefix "{ $prefix }" of this column is not declared.
    Delete the column, or add a column namespaces to the sheet settings with { $prefix }="https://…".
fault-cell-date =
    Excel made a date of this cell ({ $written }).
    Format the cell as Text and type it again.
fault-cell-truth =
    Excel made a truth value of this cell ({ $written }).
    Format the cell as Text and type it again.
fault-cell-error =
    This cell is a broken Excel formula ({ $written }).
    Type the text itself, no Excel formula; if it begins with - or =, put a ' before it.
fault-merged =
    The cells { $cells } are merged; only the first of them holds anything.
    Unmerge them and fill each cell.
fault-type-missing =
    This row has no type of question.
    Write it in the column type, for example: text, integer, date, select_one list; or delete the row.
fault-type =
    There is no type of question "{ $type }".
    Use one of: text, integer, decimal, date, time, select_one, select_multiple, image, note, calculate, begin_group, begin_repeat.
fault-type-meant =
    There is no type of question "{ $type }".
    Change it to { $meant }.
fault-type-not-in-chat =
    "{ $type }" cannot be answered in a chat; this question will be skipped.
    Change it to image or text, or delete the row; it must not be required.
fault-list =
    There is no list of choices "{ $name }".
    Add rows with the list_name { $name } to the sheet choices.
fault-list-meant =
    There is no list of choices "{ $name }".
    If { $meant } is meant, change it to { $meant }; if not, add the list { $name } to the sheet choices.
fault-list-not-named =
    "{ $type }" does not say which list is chosen from.
    Add the name of a list of the sheet choices, for example: select_one yes_no.
fault-list-external =
    There is no list "{ $name }" in the sheet external_choices.
    Add it, or use select_one with the sheet choices.
fault-list-unused =
    No question uses the list "{ $name }".
    Delete the list, or look at the type of the question that should use it.
fault-loop-no-list =
    This loop has no list.
    Use begin_repeat instead of begin loop.
fault-or-other =
    A question has "or_other" and no choices.
    Add the choices to the sheet choices.
fault-name-missing =
    This question has no name.
    Write a short name in the column name: letters, digits and _, for example: pupils.
fault-name-letters =
    The name "{ $name }" has characters that cannot be used.
    Use letters, digits and _ only, beginning with a letter, for example: { $meant }.
fault-name-reserved =
    The name "meta" is reserved.
    Use another name.
fault-name-twice =
    The name "{ $name }" is used in row { $first } already.
    Rename one of the two, for example: { $meant }.
fault-name-root =
    The name "{ $name }" is that of the form itself.
    Call this repeat something else.
fault-repeat-twice =
    The name "{ $name }" is used in another row already.
    Give each question and each repeat a name of its own.
fault-name-ambiguous =
    Several questions are called "{ $name }", so { $name_ref } could be any of them.
    Rename them, so that each has a name of its own.
fault-name =
    No question is called "{ $name }".
    Write it as in the column name of the sheet survey.
fault-name-known =
    No question is called "{ $name }".
    Write it as in the column name of the sheet survey. There are: { $known }.
fault-row-gone =
    This row mentions questions that the sheet survey does not have: { $names }.
    If they have been taken out, delete the whole row { $row }; if not, mend the name. There are: { $known }.
fault-name-meant =
    No question is called "{ $name }".
    If { $meant } is meant, write { $meant_ref }.
fault-reference =
    "{ $found }" is not how an answer is mentioned.
    Write dollar sign, brace and name without blanks, for example: { $ref }.
fault-trigger-list =
    The column trigger has several questions without a comma.
    Put a comma between them.
fault-end-missing =
    "{ $type }" ({ $name }) begins here and does not end.
    Add a row { $end } after its last question.
fault-begin-missing =
    "{ $type }" ends what has not begun.
    Delete the row, or add a row { $begin } where it begins.
fault-end-crossed =
    "{ $type }" does not match: "{ $open }" ({ $name }) of row { $row } is open.
    Write { $end } first, to end what begins in row { $row }.
fault-label-missing =
    "{ $name }" has no question to ask.
    Write it in the column label.
fault-calculation-missing =
    This calculate has no formula.
    Write it in the column calculation, or delete the row.
fault-required-word =
    "{ $written }" is not understood in the column required.
    Write { $meant }.
fault-required-place =
    "{ $type }" has nothing to require.
    Clear the cell required in this row.
fault-constraint-place =
    "{ $type }" has no answer to check.
    Move the condition to the question's row, or clear the cell.
fault-count-place =
    The column repeat_count is only for begin_repeat.
    Clear the cell, or move it to the row with begin_repeat.
fault-count-large =
    { $count } repetitions are too many; at most { $most } are taken.
    Write a smaller number, or leave it to those who answer.
fault-filter-place =
    The column choice_filter is only for questions with choices.
    Clear the cell, or move it to the row with select_one or select_multiple.
fault-choice-no-list =
    This choice belongs to no list and would be lost.
    Write the name of its list in the column list_name, in each row.
fault-choice-no-name =
    This choice has no code.
    Write a short code in the column name, for example: yes.
fault-choice-no-label =
    The choice "{ $name }" has no words to show.
    Write them in the column label.
fault-choice-twice =
    The code "{ $name }" is in the list { $list } already, in row { $first }.
    Change the code in one of the two rows, or delete one.
fault-choice-blank =
    The code "{ $name }" has a blank, which does not work where several are chosen.
    Write _ instead of the blank.
fault-xpath-operator =
    In "{ $expression }" a sign (+, -, =, >, and…) is missing before "{ $near }".
    Add the sign, or delete what is too much.
fault-xpath-bracket =
    In "{ $expression }" a { $sign } is missing before "{ $near }".
    Add the { $sign } there; between two values of a function, a comma.
fault-xpath-bracket-end =
    "{ $expression }" lacks a { $sign } at the end.
    Add the { $sign }.
fault-xpath-too-many =
    In "{ $expression }" a { $sign } is too much before "{ $near }".
    Delete it, or add the opening one.
fault-xpath-value =
    In "{ $expression }" a value is missing before "{ $near }".
    Write a number, words in ' ', or a question like { $ref }.
fault-xpath-value-end =
    "{ $expression }" stops short.
    Add a number, words in ' ', or a question like { $ref }.
fault-xpath-empty =
    The formula is empty.
    Write it, or clear the cell.
fault-xpath-quote =
    In "{ $expression }" the quotation mark before "{ $near }" is never closed.
    Close it; put words that have a ' into " ".
fault-xpath-curly =
    "{ $expression }" has the curly quotation mark { $sign }.
    Type a straight one, ' or ".
fault-xpath-sign =
    In "{ $expression }" the sign { $sign } before "{ $near }" has no meaning.
    Delete it. "Not equal" is !=, "and" is and, "or" is or.
fault-xpath-deep =
    "{ $expression }" is nested more than { $most } deep.
    Divide it into several rows of calculate.
fault-xpath-axis =
    In "{ $expression }" there is no way called "{ $axis }".
    Name the question like { $ref }.
fault-xpath-question =
    In "{ $expression }" a question must stand here.
    Write it like { $ref }.
fault-xpath-instance =
    In "{ $expression }", instance(…) needs the name of a list in quotes.
    For example: instance('levels').
fault-xpath-position =
    In "{ $expression }", position(…) needs the way to a repeat.
    Write position(..).
fault-xpath-choice-name =
    In "{ $expression }", jr:choice-name(…) needs the question in quotes.
    Write the second part in quotes: '{ $ref }'.
fault-xpath-indexed =
    In "{ $expression }", indexed-repeat(…) needs in this order: question, repeat, number.
    Check the order of the three.
fault-xpath-quoted =
    "{ $expression }" is not understood ({ $problem }).
    Write the formula more simply; see Công thức in the guide to forms.
fault-excel =
    "{ $written }" is written as in Excel.
    Write: { $meant }
fault-function =
    There is no function { $name }(…).
    See the functions under Công thức in the guide to forms.
fault-function-meant =
    There is no function { $name }(…).
    If { $meant } is meant, change it to { $meant }(…).
fault-function-few =
    { $name }(…) needs { $least } values and has { $count }.
    Add what is missing, with commas between.
fault-function-many =
    { $name }(…) takes { $most } values and has { $count }.
    Delete some, or check the brackets.
fault-circle =
    These depend on each other in a circle: { $names }.
    Change one formula so that none needs its own result.
fault-braces =
    "{ $name }" is no question here.
    If a question is meant, write { $name_ref }; if words are, write '{ $name }'.
fault-restless =
    The formula "{ $expression }" changes for ever.
    Take out where it changes itself.
fault-repeat-as-group =
    "{ $name }" is a group and a repeat.
    Keep one of the two.
fault-elsewhere =
    "{ $name }" is shown in { $around }, but its answer does not stand there.
    Export the XForm again from the tool that made it.
fault-no-place =
    "{ $name }" has no place in the form.
    Export the XForm again from the tool that made it.
fault-regex-slow =
    The pattern "{ $pattern }" takes too long with long answers.
    Write a simpler one, without + and * inside of each other.
fault-regex-broken =
    The pattern "{ $pattern }" of regex(…) cannot be read.
    Check the brackets; for a real . or ( write \. or \(.
fault-regex-long =
    The pattern "{ $pattern }" of regex(…) is too long.
    Write a shorter one.
fault-parameters =
    The column parameters is not right ({ $problem }).
    Write name=value with blanks between, for example: start=0 end=10 step=1.
fault-parameters-unknown =
    The column parameters has { $rejected }, which this type does not use.
    Use only: { $accepted }.
fault-parameters-range =
    The parameters of this range are not right ({ $problem }).
    Write numbers: start=0 end=10 step=1.
fault-file-name =
    The list's file in the column type must end with .csv, .xml or .geojson.
    Change the file's name, or use the sheet choices.
fault-big-image =
    The column big-image needs a column image beside it.
    Write the picture in the column media::image, or delete big-image.
fault-audit-name =
    The row audit may have no other name.
    Clear the cell name in this row.
fault-form-id =
    The form has no code.
    Write a form_id in the sheet settings, for example: safety_2026.
fault-form-name =
    The form's name has characters that cannot be used.
    Use letters, digits and _ only, beginning with a letter.
fault-entities =
    The entities of this form are not right ({ $problem }).
    Delete the sheet entities and the column save_to; the assistant does not use them.
fault-quoted =
    The form cannot be read ({ $problem }).
    Look at this row with the guide to forms, or delete it and type it again.
fault-xform-broken =
    The XML is damaged ({ $problem }).
    Export the XForm again from the tool that made it; do not edit it by hand.
fault-xform-refused =
    The XML has parts that are not accepted ({ $problem }).
    Export the XForm again without DOCTYPE and ENTITY.
fault-xform-deep =
    Elements stand in each other more than { $most } deep.
    Use fewer groups inside of groups.
fault-xform-empty =
    The XForm has no questions.
    Export it again from the tool that made it.
fault-no-xform =
    This is XML and no XForm ({ $name } is missing).
    Send the form's Excel file, or an XForm exported from ODK or KoboToolbox.
fault-kind =
    There is no kind of row "{ $kind }".
    The body has: { $kinds }, table, photos, appendix; see the guide to forms.
fault-kind-meant =
    There is no kind of row "{ $kind }".
    Change it to { $meant }.
fault-kind-missing =
    This row has no kind.
    Write part, item, text, dash, table, photos… in the column kind; or delete the row.
fault-text-missing =
    This row "{ $kind }" has nothing to print.
    Write it in the column text, or delete the row.
fault-source-missing =
    This row "{ $kind }" does not say what it is made from.
    Write the name of a group or repeat of the sheet survey in the column source.
fault-source-meant =
    The column source has "{ $name }", which is not in the sheet survey.
    If { $meant } is meant, change it to { $meant }.
fault-source-no-photos =
    "{ $name }" has no photo question.
    Write the name of a repeat with an image question, or of an image question.
fault-source-no-repeat =
    "{ $name }" is no repeat, so "{ $kind }" cannot be printed once for each.
    Write the name of a begin_repeat, or clear the cell source.
fault-source-no-group =
    "{ $name }" is no group or repeat, so it gives no table.
    Write the name of a begin_group or begin_repeat.
fault-source-no-numbers =
    The group "{ $name }" has no question for a number, so the table would be empty.
    Add integer or decimal questions to it, or name another group.
fault-never =
    The condition "{ $expression }" is never true; this row is never printed.
    Change the condition, or delete the row.
fault-heading-empty =
    There is nothing under the heading "{ $text }", so it is never printed.
    Add a row text, dash, table or photos under it, or delete the heading.
fault-question-unused =
    The answer "{ $name }" is used nowhere in the document.
    Add { $name_ref } to a row of the sheet report, or drop the question.
office-form-marked = { "\u000A" }In the attached file the cells to mend are yellow; point at one to read what to do.
office-form-listed = { "\u000A" }The attached file lists them all.
office-form-warnings =
    The form can be used; some things should be looked at:
    { $warnings }
fault-entry =
    { $number }. { $place }
       Wrong: { $problem }
       Mend: { $remedy }
fault-entry-warning =
    { $number }. { $place } (have a look)
       Seen: { $problem }
       Mend: { $remedy }
fault-none = No fault. The form has { $questions } questions.
office-sample-form = The sample form: open it in Excel, read the sheet "hướng dẫn", and make your own of it. Then send it here; I point to each cell that is not right.
fault-whole-number =
    A whole number belongs here, not "{ $written }".
    Write a number, for example: 6.

## An author's Word template (report.docx)

template-at = paragraph "{ $quote }"
template-at-cell = table { $table }, row { $row }, cell { $cell }
template-part-header = header
template-part-footer = footer
template-part-notes = footnotes
template-more = … and { $count } more.
template-not-word = This file cannot be opened as a Word document (.docx). Please save it with Word and send it again.
template-file-too-large = The Word file is larger than 5 MB, or has too much in it. Please make its pictures smaller and send it again.
template-active = The Word file has something that runs or fetches by itself ({ $what }). Please take it out.
template-too-large = The Word template is too long, or repeats too often.
template-unusable = The Word template could not be filled in a trial. Please try with fewer conditions and loops.
template-brace = { $tag } stands alone: a field is written { $right }, opened and closed in one paragraph.
template-dollar = { $tag } belongs on the "report" sheet in Excel; in Word write { $right }.
template-syntax = { $tag } cannot be understood.
template-not-allowed = { $tag } cannot be used in a template. Only names of questions, if and for; put sums into the form's calculation column.
template-unknown = { $tag }: the form has no question called "{ $name }".
template-misspelt = { $tag }: the form has no "{ $name }". Did you mean "{ $near }"?
template-in-repeat = { $tag }: "{ $name }" is answered several times, write { $example }.
template-needs-loop = { $tag } has several rows and cannot be printed as it is: write { $example }.
template-not-printed = { $tag } cannot be printed.
template-no-repeat = { $tag }: only what is answered several times can be looped over, or a question with several choices.
template-no-photo = { $tag }: rong(…) is for photos only.
template-filter = { $tag }: there is no way of writing "{ $name }". There are: { $known }.
template-without-start = { $tag } has nothing before it that it ends.
template-without-end = { $tag } lacks { $end } after it.
template-torn = { $tag } opens in one place and closes in another that does not match. Put both in one paragraph, each in a paragraph of its own, or in the first and last cell of one row.
office-template-kept = ✓ The Word template "{ $name }" is here: the schools' reports will look as it says.
office-template-fault =
    This Word template cannot be used yet. Mend this and send it again:
    { $fault }
preview-own = This is a draft in Word, laid out as the office's own template says. Its pages are being drawn…

# Types in chat: long lists, places, moments, files, tables

picture-of-question = the question's
pictures-of-choices = The pictures in order: { $names }.
how-rank = Type all { $count } numbers in order, highest first, for example: { $example }
how-geopoint = Tap 📎 and choose "Location", or type the coordinates, for example: 10.535 106.404
how-dateTime = Type day and time, for example: 7:30 on 2/10
how-month-year = Type month and year, for example: 10/2023
how-year = Type the year, for example: 2023
how-audio = Please send a voice message or a recording (up to 20 MB).
how-video = Please send a video (up to 20 MB).
how-file = Please send a PDF, Word or Excel file or a picture (up to 20 MB).
range-limits = Enter a number from { $start } to { $end }.
range-step = In steps of { $step }.
out-of-reach = This question cannot be answered in chat. Press "Skip"; if it is needed, hand it to the office in another way.
button-seen = Seen
button-confirm = OK, I confirm
value-seen = seen
value-file = { $name } ({ $size })
list-whole = The list has { $count } entries. Type a few letters to search; accents are not needed.
list-found = "{ $said }": { $count } found.
list-nearest = "{ $said }" was not found. The nearest are:
list-nothing = "{ $said }" was not found, nor anything like it. Type another word, or press "Whole list".
list-page = Page { $page }/{ $pages }.
list-no-number = What was shown last has no number { $said } (only 1–{ $most }). Please choose again.
list-ticked = { $count } chosen: { $names }. Go on, or type "Done".
list-unclear = It is not clear which these are: { $said }. Please type them one by one.
button-page-before = Previous page
button-page-after = Next page
button-whole-list = Whole list
rank-unread = I did not understand: { $said }.
rank-twice = Ranked twice: { $names }. Each only once, please.
rank-missing = Still missing: { $names }. Please type the whole order again.
moment-needs-time = The day is { $day }. At what time? For example: 7:30
moment-needs-day = At { $clock }. On which day? For example: 2/10
unread-geopoint = I did not understand "{ $said }". Tap 📎 and send "Location", or type latitude and longitude, for example: 10.535 106.404
unread-acknowledge = When you have read it, press the button below, or type: ok
unread-month-year = I did not understand "{ $said }". Type month and year, for example: 10/2023.
unread-year = I did not understand "{ $said }". Type the year, for example: 2023.
position-abroad = This place ({ $value }) is outside Viet Nam. Keep it?
position-short-link = A short link does not tell the coordinates. Open it, hold your finger on the place and copy the two numbers shown, for example: 10.535, 106.404; or tap 📎 and send "Location".
position-not-asked = The open question needs no location, so the one you sent was not used.
file-wanted-audio = This question needs a recording. Send a voice message, or an MP3, M4A, OGG or WAV file (up to 20 MB).
file-wanted-video = This question needs a video. Send an MP4, MOV or WEBM video (up to 20 MB).
file-wanted-file = This question needs a file. Send a PDF, Word, Excel or PowerPoint file, a picture, a recording or a video (up to 20 MB; no macros, archives or programs).
file-too-big = This file is larger than 20 MB. Send a lighter one: a shorter video, a compressed PDF, or only the part that is needed.
file-fetch-failed = The file could not be fetched because of the connection. Please send it again.
file-same = I have this file already.
file-dropped = The file was removed.
file-none = This question has no file yet.
file-required = The report needs a file here. To change it, send another; it takes its place.
button-drop-file = Remove the file
button-table = Excel template
button-table-write = Write { $count } rows
button-table-add = Add { $count } rows
button-table-replace = Replace the { $count } old rows
button-table-discard = Discard
table-template = Fill in one row for each entry and send the file back, or paste the cells here.
table-read = { $count } rows were read:
table-column = Column "{ $head }" → { $name }
table-by-order = The columns in their order: { $names }
table-unused = Columns not used: { $names }
table-sample = { $row }. { $cells }
table-faults = { $count } cells cannot be written yet (what is needed I will ask):
table-fault = – row { $row }, column { $name }: "{ $said }" was not understood
table-fault-why = – row { $row }, column { $name }: "{ $said }" – { $why }
table-not-asked = this row is not asked that
table-refused = the answer is not valid
table-no-room = Only { $count } rows can be written; there is no room for the others.
table-too-wide = The table has more columns than there are questions here ({ $names }). Send it with its head row, or leave columns out.
table-nothing = I could not read any row of the table. The columns needed are: { $names }. Type "mẫu bảng" for a template.
table-unreadable = I could not open this table. Send an .xlsx or .csv file, or paste the cells here.
table-written = ✓ { $count } rows were written.
table-discarded = The table was discarded; nothing was written.

# What a form wants and a chat cannot do

fault-reach-geotrace =
    A line on a map cannot be drawn in chat.
    Delete the row, or do not require it; then it is left out.
fault-reach-geoshape =
    An area on a map cannot be drawn in chat.
    Delete the row, or do not require it; then it is left out.
fault-reach-signature =
    Nobody can sign in chat.
    Delete the row, or ask for a photo of the signature (image, no appearance).
fault-reach-draw =
    Nobody can draw in chat.
    Delete the row, or ask for a photo (image, no appearance).
fault-reach-annotate =
    Nobody can draw upon a picture in chat.
    Delete the row, or ask for a photo (image, no appearance).
fault-reach-app =
    Another app on the phone is to answer this.
    Delete the row, or ask by text, integer or image, without appearance ex:…
fault-reach-search =
    Only ODK Collect has search().
    Write the choices on the sheet choices and filter them by choice_filter.
fault-reach-recording =
    Sound cannot be recorded in the background of a chat.
    Delete the row; use the type audio where a recording is needed.
fault-reach-place =
    The place cannot be recorded in the background of a chat.
    Delete the row; use the type geopoint where a place is needed.
fault-reach-audit =
    A chat keeps no log of a phone's steps.
    It may stay: it is left out.
fault-reach-entities =
    The form makes entities; the assistant makes none.
    It may stay: the answers are kept.
fault-reach-last-saved =
    The form reads answers of the last time (last-saved); they are taken as empty.
    It may stay, or use the column bot::profile instead.
fault-reach-encryption =
    The form wants its answers encrypted; here they are kept as all reports are.
    Delete public_key on the sheet settings if that is right; if not, do not use the assistant for this form.
fault-list-file =
    The list "{ $name }" is in the file { $file }, which does not come with the form.
    Zip the form with that file and send the .zip, or copy the choices to the sheet choices.
fault-xpath-pattern =
    The pattern "{ $pattern }" in regex(…) cannot be used.
    Look at its brackets and \\; a telephone number is ^0[0-9]+$

# Answers of another report; tables with chosen columns (bot::from, the text of a table)

fault-from =
    "{ $written }" is not a form's id and a question's name.
    Write the form's id, a colon, the question's name, without blanks. For example: kich_ban_le_khai_mac:phan
fault-default-words =
    The value "{ $written }" has a dash or another sign of arithmetic, so it is taken for an expression.
    Write concat('{ $written }'), or a long dash – instead of the short one.
fault-table-column =
    The table is made from "{ $source }", but "{ $name }" is not in that part.
    Name only questions between begin_repeat and end_repeat of "{ $source }".

# What is only to be confirmed (acknowledge)

# The sample form on the command line

new-form-written =
    The sample form is written: { $path }
    Open it in Excel, make it your own, save it, then: python -m bot check { $path }
