for-admins = 這個只有管理員能用。有問題可以直接問我。
golden-added = 已收為考題：以後每次更新都會檢查這個問題是否仍引用這一段。
golden-forgotten = 這個問題已經不在了，收不了。請再問一次。
reindex-usage = 這樣用：/reindex 更新文章，/reindex preview 先看會有什麼變化，/reindex full 全部重讀一遍。
reindex-now = 🔄 現在更新
cancel-indexing = ✋ 停下
confirm-removals = ⚠️ 確認移除並更新
indexing-joined = 已經在更新了，我把進度也發到這裡。
indexing-begins = 開始更新文章……這期間照常答題。
indexing-read = 正在看文章檔案：{ $done } / { $total }
indexing-embed = 正在讀新的段落：{ $done } / { $total }
indexing-examine = 正在用考題檢查新版：{ $done } / { $total }
indexing-finish = 就要好了……
indexing-locked = 文章正在更新，請等它結束再試。
indexing-cancelled = 已停下，文章還是原來的樣子。已讀的部分都留著，下次接著來。
indexing-removals =
    有太多文章不見了，我先不更新。是有意移除的嗎？如果是磁碟沒接好，請先接好。

    { $details }
indexing-golden =
    新版在考題上變差了，所以保留原來的版本。

    { $details }
indexing-failed =
    沒有更新成，文章還是原來的樣子。

    { $details }
see-log = 詳情在日誌裡。
indexed = ✅ 更新好了：共 { $articles } 篇文章、{ $passages } 個段落。
indexed-nothing-new = ✅ 沒有變化：共 { $articles } 篇文章、{ $passages } 個段落。
indexed-effort = 新讀了 { $embedded } 段，用了 { $seconds } 秒。
added-articles = 新增 { $count } 篇：
changed-articles = 改動 { $count } 篇：
removed-articles = 移除 { $count } 篇：
renamed-files = 改名 { $count } 個檔案：
unreadable-files = 讀不了 { $count } 個檔案：
and-more = ……還有 { $count } 個
preview = 如果現在更新：
preview-begins = 我看看有什麼變化……
preview-nothing = 沒有變化。
preview-effort = 需要新讀 { $passages } 個段落。
preview-effort-seconds = 需要新讀 { $passages } 個段落，大約 { $seconds } 秒。
preview-loses-much = ⚠️ 有太多文章會不見，更新時我會再問一次。
status = 📊 狀態
status-library = { $articles } 篇文章，{ $passages } 個段落，第 { $generation } 版
status-no-library = 還沒有文章
status-model = 模型：{ $model } · { $fingerprint }
status-indexing = 正在更新文章
status-process = 已執行 { $hours } 小時 { $minutes } 分，記憶體 { $megabytes } MB
status-work = 答過 { $questions } 個問題，排隊 { $queue } 個，被 Telegram 限速 { $toofast } 次
status-blocked = 停用了機器人的人和群：{ $count } 個
status-no-errors = 沒有出過錯
status-errors = 最近的錯誤：
unanswered = 🤔 沒答好的問題：
unanswered-none = 🎉 沒有沒答好的問題。
unanswered-counts = 沒答上 { $refused } 次，沒用 { $disliked } 次
rollback-question = 要退回上一版文章嗎？退回後馬上生效，之後還可以再更新。
rollback-none = 沒有更早的版本可以退回。
confirm-rollback = ⏪ 退回上一版
rolled-back = ⏪ 已退回第 { $generation } 版，馬上生效。
backup-begins = 正在備份……
backup-in-private = 備份只在私聊裡給。請私下發 /backup 給我。
backup-too-large = 備份太大，Telegram 發不了。請在伺服器上執行 npm run backup。
file-too-large = 這個檔案太大了。請控制在 20 MB 以內。
file-holds = 「{ $name }」裡有 { $count } 篇文章：
take-file = ✅ 收進來
drop-file = ❌ 不要
file-stored = 已收下 { $count } 個檔案，接著更新。
file-dropped = 好的，沒有收。
remove-usage = 要移除哪篇？把標題裡的字寫在 /remove 後面。
remove-which = 要移除哪一篇？
remove-none = 沒有找到標題裡帶這些字的文章。
remove-question = 要移除《{ $title }》（{ $file }）嗎？之後還能恢復。
remove-question-many = 要移除《{ $title }》嗎？它和別的文章同在「{ $file }」裡，一共 { $count } 篇。之後還能恢復：
remove-this-one = 🗑 只移除這一篇
remove-all-of-them = 🗑 移除整個檔案（{ $count } 篇）
remove-not-separable = 這一篇和同一檔案裡別的文章交織在一起，沒法單獨取出。可以移除整個檔案，或手工修改它。
remove-confirm = 🗑 確認移除
removed = 🗑 已移到回收站，接著更新。
restore-file = ↩️ 恢復
restored = ↩️ 已恢復，接著更新。
