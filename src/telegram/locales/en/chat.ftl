language-name = English
welcome = Hello! I answer questions in the articles’ own words, and every answer comes with its source, which you can open. Just send me a question.
welcome-with-examples = Hello! I answer questions in the own words of { $articles ->
    [one] one article
   *[other] { $articles } articles
}, and every answer comes with its source, which you can open. Send me a question, or press an example:
help =
    Just send me a question, in Chinese or English. Every answer is in the articles’ own words; “Open source” shows the whole paragraph, its neighbours and the article.

    You can ask on, for example “And when will it be finished?”. To change the subject, send /new.
    A slip of the pen? Edit your message and the answer follows.

    In groups: mention @{ $bot }, reply to me, or use /ask.
    In any other chat: type @{ $bot } and a question to quote a passage.

    /articles list and search the articles
    /latest the latest articles
    /new a new subject
    /language change the language
    /privacy what I remember
    /forget forget all about me
help-admin =
    For admins: /reindex updates the articles (also with preview or full), /status, /unanswered (questions that went badly), /rollback to the version before, /remove articles, /backup. You can also send me .txt, .md or .zip files.
privacy =
    I remember little:
    · the last few questions and answers, so that you can ask on; forgotten after { $hours } hours, or at once with /new.
    · the questions you asked, so that the admins see what went badly; wiped after { $days } days.
    · the language you chose and your 👍 and 👎.

    Send /forget and all of it is deleted at once. { $writer ->
        [none] I pass your questions on to nobody.
       *[other] Your questions go, with the passages found for them, to the language model at { $writer }, which writes the answers; to nobody else.
    }
new-conversation = All right, a new subject. What would you like to know?
forgotten = Done, I have forgotten all about you. You are welcome back any time.
choose-language = Which language would you like?
language-chosen = All right, English from now on.
for-group-admins = In a group, its admins choose the language.
small-talk = Hello! Ask me about the articles and I will answer in their own words.
thanks-useful = Thank you, glad it helped!
thanks-useless = Thank you for telling us; we will do better.
vote-taken-back = Your vote is taken back.
too-many-questions = That is a lot of questions, I can’t keep up. Please wait a minute.
too-many-presses = That was too fast, please wait a moment.
not-allowed = Sorry, this bot is for invited people only.
something-went-wrong = Sorry, something went wrong. Please ask again.
unknown-command = I don’t know that command. Send /help to see what I can do.
only-text = I can only read text. Please type your question.
old-button = This button no longer works.
hello-group = Hello! To ask about the articles, mention @{ $bot }, reply to me, or use /ask. I stay out of everything else.
command-start = Start here
command-ask = Ask a question
command-articles = List and search the articles
command-latest = The latest articles
command-new = A new subject
command-language = Change the language
command-help = How to use me
command-privacy = What I remember
command-forget = Forget all about me
command-reindex = Update the articles (admins)
command-status = Status (admins)
command-unanswered = Questions that went badly (admins)
command-rollback = Back to the version before (admins)
command-remove = Remove articles (admins)
command-backup = Backup (admins)
