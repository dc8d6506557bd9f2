language-name = 繁體中文
welcome = 你好！我用文章裡的原話回答問題，每個答案都帶出處，可以點開來看。直接把問題發給我就好。
welcome-with-examples = 你好！我用 { $articles } 篇文章裡的原話回答問題，每個答案都帶出處，可以點開來看。直接把問題發給我，或者先點一個例子：
help =
    直接發問題給我，中文、英文都可以。答案都是文章裡的原話；點「打開出處」可以看整段、前後段和全文。

    可以接著追問，例如「那它什麼時候建成？」。要換話題，發 /new。
    問錯了字？改一改發出的訊息，答案也會跟著改。

    在群裡：提到 @{ $bot }、回覆我的訊息，或用 /ask 提問。
    在別的聊天裡：輸入 @{ $bot } 和問題，就能引用一段原文。

    /articles 文章列表和查詢
    /latest 最新的文章
    /new 開始新話題
    /language 換語言
    /privacy 我記住些什麼
    /forget 忘掉我的一切
help-admin =
    管理員：/reindex 更新文章（也可加 preview 或 full）、/status 狀態、/unanswered 沒答好的問題、/rollback 退回上一版、/remove 移除文章、/backup 備份。也可以直接把 .txt、.md 或 .zip 檔案發給我。
privacy =
    我記住的東西很少：
    · 最近幾輪問答，好讓你能追問；{ $hours } 小時後忘掉，/new 馬上忘掉。
    · 你問過的問題，好讓管理員知道哪裡沒答好；{ $days } 天後抹去。
    · 你選的語言和點過的 👍 👎。

    發 /forget，這些都會立刻刪除。{ $writer ->
        [none] 我不會把你的問題交給別人。
       *[other] 你的問題和找到的段落會發給 { $writer } 的語言模型來寫回答，此外不會交給別人。
    }
new-conversation = 好的，我們換個話題。想問什麼？
forgotten = 好的，關於你的一切我都忘了。以後再來問，隨時歡迎。
choose-language = 想用哪種語言？
language-chosen = 好的，以後用繁體中文。
for-group-admins = 群裡的語言由群管理員來選。
small-talk = 你好！請就文章的內容提問，我會用原話回答。
thanks-useful = 謝謝，很高興能幫上忙！
thanks-useless = 謝謝告訴我，我們會改進。
vote-taken-back = 已收回你的評價。
too-many-questions = 問得太快了，我有點跟不上。請等一分鐘再問。
too-many-presses = 按得太快了，請稍等一會兒。
not-allowed = 抱歉，這個機器人只供受邀的人使用。
something-went-wrong = 抱歉，剛才出了點問題。請再問一次。
unknown-command = 我不認識這個命令。發 /help 看看我會什麼。
only-text = 我只看得懂文字。把問題打成字發給我就好。
old-button = 這個按鈕已經不能用了。
hello-group = 大家好！想問文章裡的事，提到 @{ $bot }、回覆我的訊息，或用 /ask 提問。其他訊息我不會打擾。
command-start = 從這裡開始
command-ask = 提一個問題
command-articles = 文章列表和查詢
command-latest = 最新的文章
command-new = 開始新話題
command-language = 換語言
command-help = 怎麼用
command-privacy = 我記住些什麼
command-forget = 忘掉我的一切
command-reindex = 更新文章（管理員）
command-status = 狀態（管理員）
command-unanswered = 沒答好的問題（管理員）
command-rollback = 退回上一版（管理員）
command-remove = 移除文章（管理員）
command-backup = 備份（管理員）
