for-admins = 这个只有管理员能用。有问题可以直接问我。
golden-added = 已收为考题：以后每次更新都会检查这个问题是否仍引用这一段。
golden-forgotten = 这个问题已经不在了，收不了。请再问一次。
reindex-usage = 这样用：/reindex 更新文章，/reindex preview 先看会有什么变化，/reindex full 全部重读一遍。
reindex-now = 🔄 现在更新
cancel-indexing = ✋ 停下
confirm-removals = ⚠️ 确认移除并更新
indexing-joined = 已经在更新了，我把进度也发到这里。
indexing-begins = 开始更新文章……这期间照常答题。
indexing-read = 正在看文章文件：{ $done } / { $total }
indexing-embed = 正在读新的段落：{ $done } / { $total }
indexing-examine = 正在用考题检查新版：{ $done } / { $total }
indexing-finish = 就要好了……
indexing-locked = 文章正在更新，请等它结束再试。
indexing-cancelled = 已停下，文章还是原来的样子。已读的部分都留着，下次接着来。
indexing-removals =
    有太多文章不见了，我先不更新。是有意移除的吗？如果是磁盘没接好，请先接好。

    { $details }
indexing-golden =
    新版在考题上变差了，所以保留原来的版本。

    { $details }
indexing-failed =
    没有更新成，文章还是原来的样子。

    { $details }
see-log = 详情在日志里。
indexed = ✅ 更新好了：共 { $articles } 篇文章、{ $passages } 个段落。
indexed-nothing-new = ✅ 没有变化：共 { $articles } 篇文章、{ $passages } 个段落。
indexed-effort = 新读了 { $embedded } 段，用了 { $seconds } 秒。
added-articles = 新增 { $count } 篇：
changed-articles = 改动 { $count } 篇：
removed-articles = 移除 { $count } 篇：
renamed-files = 改名 { $count } 个文件：
unreadable-files = 读不了 { $count } 个文件：
and-more = ……还有 { $count } 个
preview = 如果现在更新：
preview-begins = 我看看有什么变化……
preview-nothing = 没有变化。
preview-effort = 需要新读 { $passages } 个段落。
preview-effort-seconds = 需要新读 { $passages } 个段落，大约 { $seconds } 秒。
preview-loses-much = ⚠️ 有太多文章会不见，更新时我会再问一次。
status = 📊 状态
status-library = { $articles } 篇文章，{ $passages } 个段落，第 { $generation } 版
status-no-library = 还没有文章
status-model = 模型：{ $model } · { $fingerprint }
status-indexing = 正在更新文章
status-process = 已运行 { $hours } 小时 { $minutes } 分，内存 { $megabytes } MB
status-work = 答过 { $questions } 个问题，排队 { $queue } 个，被 Telegram 限速 { $toofast } 次
status-blocked = 停用了机器人的人和群：{ $count } 个
status-no-errors = 没有出过错
status-errors = 最近的错误：
unanswered = 🤔 没答好的问题：
unanswered-none = 🎉 没有没答好的问题。
unanswered-counts = 没答上 { $refused } 次，没用 { $disliked } 次
rollback-question = 要退回上一版文章吗？退回后马上生效，之后还可以再更新。
rollback-none = 没有更早的版本可以退回。
confirm-rollback = ⏪ 退回上一版
rolled-back = ⏪ 已退回第 { $generation } 版，马上生效。
backup-begins = 正在备份……
backup-in-private = 备份只在私聊里给。请私下发 /backup 给我。
backup-too-large = 备份太大，Telegram 发不了。请在服务器上运行 npm run backup。
file-too-large = 这个文件太大了。请控制在 20 MB 以内。
file-holds = “{ $name }”里有 { $count } 篇文章：
take-file = ✅ 收进来
drop-file = ❌ 不要
file-stored = 已收下 { $count } 个文件，接着更新。
file-dropped = 好的，没有收。
remove-usage = 要移除哪篇？把标题里的字写在 /remove 后面。
remove-which = 要移除哪一篇？
remove-none = 没有找到标题里带这些字的文章。
remove-question = 要移除《{ $title }》（{ $file }）吗？之后还能恢复。
remove-question-many = 要移除《{ $title }》吗？它和别的文章同在“{ $file }”里，一共 { $count } 篇。之后还能恢复：
remove-this-one = 🗑 只移除这一篇
remove-all-of-them = 🗑 移除整个文件（{ $count } 篇）
remove-not-separable = 这一篇和同一文件里别的文章交织在一起，没法单独取出。可以移除整个文件，或手工修改它。
remove-confirm = 🗑 确认移除
removed = 🗑 已移到回收站，接着更新。
restore-file = ↩️ 恢复
restored = ↩️ 已恢复，接着更新。
