## Greeting, invitation code, consent

welcome-stranger = Hello! I am the report assistant. Please send your school's invitation code, for example: 7K3M-9QXD. The office in charge gives it out.
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
    – open { $link }
    – or send the assistant in the other app: { $code }

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
    Due: { $due } (at the latest by the end of { $last }) – { $when }
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
    The form has { $total } short questions, about { $minutes } minutes; each activity you choose adds a few. Stop whenever you like: every answer is kept at once.
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
    – kênh khác: go on with another phone
    – dữ liệu của tôi · xóa: my data · delete
my-data =
    What I keep of you:
    – Display name: { $name }
    – Accounts: { $channels }
    – School: { $units }
    – Answers you gave in this report: { $answered }; photos of the report: { $photos }
    Deleted by itself after { $days } days without a message.
channel-telegram = Telegram
channel-web = the web chat
channel-console = a terminal
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
web-gallery = Choose photos
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
web-drop-here = Drop photos here to send them
web-no-storage = This browser stores nothing: do not close the page while messages are unsent.

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
    – mở đợt · danh sách trường · phiếu mời
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
office-until-unclear = I do not know when "{ $typed }" is, or it is over. For example: 17h mai, hết thứ sáu, hết ngày 20/10/2023
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

office-send-form = Please send the Excel file of the form (XLSForm).
office-form-fault =
    This form cannot be used yet. Mend this and send it again:
    { $fault }
office-form-read = ✓ "{ $title }": { $questions } questions.
office-form-again =
    The campaign "{ $title }" runs with an earlier version of this form (new: { $added } added, { $dropped } dropped, { $changed } of another type).
    Replace the form of the running campaign? Answers stay, schools only answer what is new.
office-published = ✓ The campaign "{ $title }" asks by the new form from now on. { $people } people who have begun or submitted were told.
office-published-already = The campaign "{ $title }" uses exactly this form.
button-publish = Replace the running form
button-open-another = Open a new campaign
office-ask-title = Name of the campaign? (last time: { $old })
office-ask-due = The deadline, in the words of the dispatch, for example: trước ngày 15/10/2023
office-ask-fact = { $name }?{ $before }
office-fact-before = { " " }(last time: { $value })
office-ask-recipients =
    Which of the { $count } schools?
    By level ({ $levels }), by cluster ({ $clusters }), or names with commas between them.
office-no-recipients = I do not know which schools "{ $typed }" are. For example: TH, THCS · cụm 1 · TH Bình An, MN Hoa Sen
office-open =
    Open "{ $title }"
    Due: { $due } (that is { $until })
    For { $count } schools.
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
button-as-before = As last time
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

## What schools are told

notice-new-campaign =
    📋 A new campaign: { $title }
    Due: { $due } (at the latest { $last }).
notice-new-deadline =
    The deadline of "{ $title }" has changed: { $due } (at the latest { $last }).
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
    – lịch nhắc: 7, 3, 1 ngày và 3 giờ trước · bật ký duyệt · hộp thư: ten@moet.edu.vn · công văn số … ngày … · người duyệt: tên · nhật ký

# A new version of a form

version-changed = ℹ️ The office has replaced this form by a new version. Your answers stay.
version-new = New questions: { $count }.
version-again = To be answered again: { $names }.
version-gone = Asked no more (kept, but not in the report): { $names }.

# Types in chat: long lists, places, moments, files, tables

how-many-numbers = Type the numbers of what you choose, for example: 1 3
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
