language-name = 简体中文
welcome = 你好！我用文章里的原话回答问题，每个答案都带出处，可以点开来看。直接把问题发给我就好。
welcome-with-examples = 你好！我用 { $articles } 篇文章里的原话回答问题，每个答案都带出处，可以点开来看。直接把问题发给我，或者先点一个例子：
help =
    直接发问题给我，中文、英文都可以。答案都是文章里的原话；点“打开出处”可以看整段、前后段和全文。

    可以接着追问，例如“那它什么时候建成？”。要换话题，发 /new。
    问错了字？改一改发出的消息，答案也会跟着改。

    在群里：提到 @{ $bot }、回复我的消息，或用 /ask 提问。
    在别的聊天里：输入 @{ $bot } 和问题，就能引用一段原文。

    /articles 文章列表和查找
    /latest 最新的文章
    /new 开始新话题
    /language 换语言
    /privacy 我记住些什么
    /forget 忘掉我的一切
help-admin =
    管理员：/reindex 更新文章（也可加 preview 或 full）、/status 状态、/unanswered 没答好的问题、/rollback 退回上一版、/remove 移除文章、/backup 备份。也可以直接把 .txt、.md 或 .zip 文件发给我。
privacy =
    我记住的东西很少：
    · 最近几轮问答，好让你能追问；{ $hours } 小时后忘掉，/new 马上忘掉。
    · 你问过的问题，好让管理员知道哪里没答好；{ $days } 天后抹去。
    · 你选的语言和点过的 👍 👎。

    发 /forget，这些都会立刻删除。{ $writer ->
        [none] 我不会把你的问题交给别人。
       *[other] 你的问题和找到的段落会发给 { $writer } 的语言模型来写回答，此外不会交给别人。
    }
new-conversation = 好的，我们换个话题。想问什么？
forgotten = 好的，关于你的一切我都忘了。以后再来问，随时欢迎。
choose-language = 想用哪种语言？
language-chosen = 好的，以后用简体中文。
for-group-admins = 群里的语言由群管理员来选。
small-talk = 你好！请就文章的内容提问，我会用原话回答。
thanks-useful = 谢谢，很高兴能帮上忙！
thanks-useless = 谢谢告诉我，我们会改进。
vote-taken-back = 已收回你的评价。
too-many-questions = 问得太快了，我有点跟不上。请等一分钟再问。
too-many-presses = 按得太快了，请稍等一会儿。
not-allowed = 抱歉，这个机器人只供受邀的人使用。
something-went-wrong = 抱歉，刚才出了点问题。请再问一次。
unknown-command = 我不认识这个命令。发 /help 看看我会什么。
only-text = 我只看得懂文字。把问题打成字发给我就好。
old-button = 这个按钮已经不能用了。
hello-group = 大家好！想问文章里的事，提到 @{ $bot }、回复我的消息，或用 /ask 提问。其他消息我不会打扰。
command-start = 从这里开始
command-ask = 提一个问题
command-articles = 文章列表和查找
command-latest = 最新的文章
command-new = 开始新话题
command-language = 换语言
command-help = 怎么用
command-privacy = 我记住些什么
command-forget = 忘掉我的一切
command-reindex = 更新文章（管理员）
command-status = 状态（管理员）
command-unanswered = 没答好的问题（管理员）
command-rollback = 退回上一版（管理员）
command-remove = 移除文章（管理员）
command-backup = 备份（管理员）
