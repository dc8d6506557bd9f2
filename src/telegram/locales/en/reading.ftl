more-passages-follow = More passages on this:
no-more-passages = There are no more passages on this.
previous-paragraph = ◀️ Previous paragraph
next-paragraph = Next paragraph ▶️
whole-article = 📄 Read from the start
original-article = 🔗 Original article
share-source = 📤 Share this source
open-card = 📖 Open source
page = Page { $page } of { $pages }
previous-page = ◀️ Previous page
next-page = Next page ▶️
source-changed = This article has changed since. Below is the text as it was quoted.
source-paragraph-gone = This paragraph has since been taken out of the article. Below is the text as it was quoted.
source-article-gone = This article has since been withdrawn. Below is the text as it was quoted.
source-now = The paragraph now reads:
source-now-with-changes = The paragraph now reads (struck out: removed; bold: added):
source-unknown = This link doesn’t open: there is no such source. You can simply ask me a question.
articles = 📚 { $count ->
    [one] One article.
   *[other] { $count } articles.
} Press one to read it. To search the titles, write some words after /articles.
articles-found = 🔍 Articles with “{ $search }” in the title:
articles-not-found = 🔍 No article has “{ $search }” in its title. Try other words?
latest-articles = 🆕 The latest articles:
article-gone = This article has been withdrawn.
inline-hint = Type a question; I answer in the articles’ own words
inline-nothing = The articles don’t answer this; try other words
inline-slow = That was too fast; please wait a moment
