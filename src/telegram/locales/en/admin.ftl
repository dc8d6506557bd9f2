for-admins = This is for the admins only. You can simply ask me a question.
golden-added = Saved as a test question: every update will check that it still quotes this passage.
golden-forgotten = That question is no longer kept. Please ask it again.
reindex-usage = Like this: /reindex updates the articles, /reindex preview shows what would change, /reindex full reads everything again.
reindex-now = 🔄 Update now
cancel-indexing = ✋ Stop
confirm-removals = ⚠️ Remove them and update
indexing-joined = An update is under way already; I report it here too.
indexing-begins = Updating the articles… I keep answering meanwhile.
indexing-read = Looking at the files: { $done } of { $total }
indexing-embed = Reading new passages: { $done } of { $total }
indexing-examine = Asking the test questions: { $done } of { $total }
indexing-finish = Almost there…
indexing-locked = The articles are being updated; please try again when that is done.
indexing-cancelled = Stopped; the articles are as they were. What was read is kept for the next time.
indexing-removals =
    Too many articles have gone, so I did not update. Are they meant to go? If a disk is missing, please connect it first.

    { $details }
indexing-golden =
    The new version does worse on the test questions, so the old one stays.

    { $details }
indexing-failed =
    The update did not work; the articles are as they were.

    { $details }
see-log = The log says more.
indexed = ✅ Updated: { $articles } articles, { $passages } passages.
indexed-nothing-new = ✅ Nothing has changed: { $articles } articles, { $passages } passages.
indexed-effort = { $embedded } passages newly read, in { $seconds } s.
added-articles = Added ({ $count }):
changed-articles = Changed ({ $count }):
removed-articles = Removed ({ $count }):
renamed-files = Renamed files ({ $count }):
unreadable-files = Files that can’t be read ({ $count }):
and-more = … and { $count } more
preview = An update now would bring:
preview-begins = Let me see what has changed…
preview-nothing = No changes.
preview-effort = { $passages } passages to read.
preview-effort-seconds = { $passages } passages to read, in about { $seconds } s.
preview-loses-much = ⚠️ So many articles would go that I will ask again.
status = 📊 Status
status-library = { $articles } articles, { $passages } passages, version { $generation }
status-no-library = No articles yet
status-model = Model: { $model } · { $fingerprint }
status-indexing = An update is under way
status-process = Running for { $hours } h { $minutes } min, { $megabytes } MB of memory
status-work = { $questions } questions answered, { $queue } waiting, slowed down by Telegram { $toofast } times
status-blocked = { $count } people and groups have blocked me
status-no-errors = No errors
status-errors = The last errors:
unanswered = 🤔 Questions that went badly:
unanswered-none = 🎉 No question went badly.
unanswered-counts = not answered { $refused } times, not useful { $disliked } times
rollback-question = Go back to the version of the articles before this one? It takes effect at once; you can update again later.
rollback-none = There is no earlier version to go back to.
confirm-rollback = ⏪ Go back
rolled-back = ⏪ Back at version { $generation }, in effect now.
backup-begins = Making a backup…
backup-in-private = Backups are given in private only. Send me /backup in our own chat.
backup-too-large = The backup is too large for Telegram. Run npm run backup on the server.
file-too-large = That file is too large. Please keep it under 20 MB.
file-holds = “{ $name }” holds { $count ->
    [one] one article
   *[other] { $count } articles
}:
take-file = ✅ Take it
drop-file = ❌ No
file-stored = { $count ->
    [one] One file
   *[other] { $count } files
} stored; updating now.
file-dropped = All right, not taken.
remove-usage = Which one? Write some words of its title after /remove.
remove-which = Which one shall go?
remove-none = No article has these words in its title.
remove-question = Remove “{ $title }” ({ $file })? It can be brought back.
remove-question-many = Remove “{ $title }”? It is in “{ $file }” with others, { $count } articles in all. They can be brought back:
remove-this-one = 🗑 Only this one
remove-all-of-them = 🗑 The whole file ({ $count } articles)
remove-not-separable = This article is woven into others of its file and can’t be taken out alone. Remove the whole file, or edit it by hand.
remove-confirm = 🗑 Remove it
removed = 🗑 Moved to the trash; updating now.
restore-file = ↩️ Bring it back
restored = ↩️ Brought back; updating now.
