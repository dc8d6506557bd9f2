import { describe, expect, test } from 'vitest';
import { YuanwenError } from '../../../src/errors.ts';
import type { IndexPreview, IndexResult } from '../../../src/indexing/options.ts';
import {
  renderFailure,
  renderPreview,
  renderProgress,
  renderResult,
} from '../../../src/telegram/messages/indexing.ts';
import { renderStatus, renderUnanswered } from '../../../src/telegram/messages/upkeep.ts';
import { loadVocabulary } from '../../../src/telegram/words.ts';

const words = loadVocabulary()['zh-Hans'];
const nothing = { added: [], changed: [], removed: [], renamed: [] };
const result: IndexResult = {
  generation: 3,
  articles: 12,
  passages: 80,
  added: 1,
  changed: 1,
  removed: 0,
  unreadable: [],
  embedded: 7,
  seconds: 1.4,
  difference: nothing,
  setAside: null,
};

describe('what an admin reads about an update', () => {
  test('while it goes on', () => {
    expect(renderProgress(null, words).html).toBe('开始更新文章……这期间照常答题。');
    const progress = { phase: 'embed', done: 12, total: 90 } as const;
    expect(renderProgress(progress, words)).toEqual({
      html: '正在读新的段落：12 / 90',
      buttons: [[{ text: '✋ 停下', callback_data: 'reindex-cancel' }]],
    });
  });

  test('when it has ended', () => {
    const difference = {
      ...nothing,
      added: [{ file: 'a.txt', title: '新<桥>通车' }],
      renamed: [{ from: 'b.txt', to: 'c.txt' }],
    };
    const unreadable = [{ file: 'd.txt', reason: 'it is empty' }];
    expect(renderResult({ ...result, difference, unreadable }, words)).toEqual([
      {
        html: [
          '<b>✅ 更新好了：共 12 篇文章、80 个段落。</b>',
          '<b>新增 1 篇：</b>\n· 新&lt;桥&gt;通车',
          '<b>改名 1 个文件：</b>\n· b.txt → c.txt',
          '<b>读不了 1 个文件：</b>\n· d.txt: it is empty',
          '新读了 7 段，用了 2 秒。',
        ].join('\n\n'),
        buttons: [],
      },
    ]);
  });

  test('when nothing was new', () => {
    expect(renderResult(result, words)[0]?.html).toContain('没有变化：共 12 篇文章');
  });

  test('before it begins', () => {
    const added = Array.from({ length: 25 }, (_, n) => ({ file: 'a.txt', title: `第${n}篇` }));
    const preview: IndexPreview = {
      difference: { ...nothing, added },
      unreadable: [],
      toEmbed: 40,
      seconds: 9,
      losesTooMuch: true,
    };
    const [message] = renderPreview(preview, words);
    expect(message?.html).toContain('· 第19篇\n……还有 5 个');
    expect(message?.html).toContain('需要新读 40 个段落，大约 9 秒。');
    expect(message?.html).toContain('⚠️ 有太多文章会不见');
    expect(message?.buttons).toEqual([[{ text: '🔄 现在更新', callback_data: 'reindex' }]]);
    const quiet = { ...preview, difference: nothing, seconds: null, losesTooMuch: false };
    expect(renderPreview(quiet, words)[0]?.html).toBe(
      '<b>如果现在更新：</b>\n\n没有变化。\n\n需要新读 40 个段落。',
    );
  });

  test.each([
    ['removals-guard', '太多文章不见了', 'reindex-removals'],
    ['golden-drop', '新版在考题上变差了', ''],
    ['indexing-cancelled', '已停下', ''],
    ['library-locked', '文章正在更新', ''],
    ['no-previous-generation', '没有更早的版本', ''],
    ['article-not-separable', '交织在一起', ''],
    ['disk-nearly-full', '没有更新成', ''],
  ])('when %s ends it', (code, told, button) => {
    const { html, buttons } = renderFailure(new YuanwenError(code, 'the <details>'), words);
    expect(html).toContain(told);
    expect(html).not.toContain('<details>');
    expect(JSON.stringify(buttons)).toContain(button);
  });

  test('and never what only the log should say', () => {
    const { html } = renderFailure(new Error('secret /path'), words);
    expect(html).toBe('没有更新成，文章还是原来的样子。\n\n详情在日志里。');
  });
});

test('the status is plain also before anything is indexed', () => {
  const status = {
    view: null,
    model: 'm',
    uptimeSeconds: 3_725,
    memoryBytes: 300 * 1024 * 1024,
    queue: 0,
    questions: 5,
    tooFast: 1,
    isIndexing: true,
    blocked: 2,
    errors: [{ at: '2026-11-25T10:00', message: 'a <b>' }],
  };
  expect(renderStatus(status, words).html).toBe(
    [
      '<b>📊 状态</b>',
      '还没有文章',
      '正在更新文章',
      '已运行 1 小时 2 分，内存 300 MB',
      '答过 5 个问题，排队 0 个，被 Telegram 限速 1 次',
      '停用了机器人的人和群：2 个',
      '最近的错误：',
      '· 2026-11-25T10:00 a &lt;b&gt;',
    ].join('\n'),
  );
});

test('open questions come with their counts', () => {
  expect(renderUnanswered([], words)[0]?.html).toBe('🎉 没有没答好的问题。');
  const open = [{ question: '火星<上>有人吗？', refused: 3, disliked: 1 }];
  expect(renderUnanswered(open, words)[0]?.html).toBe(
    '🤔 没答好的问题：\n\n1. <b>火星&lt;上&gt;有人吗？</b>\n没答上 3 次，没用 1 次',
  );
});
