import { SessionMigrated } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { de } from '../i18n/de.ts'
import { en } from '../i18n/en.ts'
import { noticeWords } from '../components/notice-words.ts'
import { readContext, readMigration } from './notice.ts'

const report = {
  strategy: 'summary',
  way: 'items',
  budget_tokens: 8000,
  tokens: 420,
  items: 6,
  summarized: 20,
  left_out: 0,
  summary_by: 'extractive',
  pinned: 1,
  facts: 0,
}
const migrated = {
  type: 'parley.session.migrated',
  event_id: 'event_1',
  reason: 'failover',
  from: { backend: 'openai', model: 'gpt-realtime' },
  to: { backend: 'local' },
  restored: 'transcript',
  unfinished_item_id: 'item_3',
  context: report,
}
const titles: Readonly<Record<string, string>> = { openai: 'OpenAI', local: 'Local' }
const words = (event: unknown): string | undefined => {
  const migration = readMigration(event)
  return migration && noticeWords(migration, en.session, (name) => titles[name] ?? name)
}

describe('a notice that another session goes on', () => {
  it('says who dropped out and who goes on', () => {
    expect(words(migrated)).toBe('OpenAI dropped out. Local goes on.')
  })

  it('names the models where only they differ', () => {
    const to = { backend: 'openai', model: 'gpt-realtime-mini' }
    expect(words({ ...migrated, to, unfinished_item_id: null })).toBe(
      'OpenAI (gpt-realtime) dropped out. OpenAI (gpt-realtime-mini) goes on.',
    )
  })

  it('names nobody who dropped out where nobody had begun', () => {
    expect(words({ ...migrated, from: null, restored: 'none', unfinished_item_id: null })).toBe(
      'Local goes on. It does not know what was said before.',
    )
  })

  it('has words for each reason there is, in both languages', () => {
    for (const reason of SessionMigrated.shape.reason.options) {
      const migration = readMigration({ ...migrated, reason })
      expect(migration?.reason).toBe(reason)
      for (const { session } of [en, de]) expect(session.moved[reason]('A', 'B')).toContain('B')
    }
  })

  it('is not made of what says something else', () => {
    expect(readMigration({ ...migrated, reason: 'weather' })).toBeUndefined()
    expect(readMigration(undefined)).toBeUndefined()
  })
})

describe('readContext', () => {
  it('takes a report as it came, with nothing for what is missing', () => {
    expect(readContext(report)).toEqual(report)
    expect(readContext({ strategy: 'full', way: 'both', tokens: 9 })).toEqual({
      strategy: 'full',
      way: 'both',
      tokens: 9,
      budget_tokens: null,
      items: 0,
      summarized: 0,
      left_out: 0,
      summary_by: null,
      pinned: 0,
      facts: 0,
    })
  })

  it('gives nothing for what is no report', () => {
    expect(readContext({ strategy: 'summary', way: 'items' })).toBeUndefined()
    expect(readContext({ ...report, way: 'by letter' })).toBeUndefined()
  })
})
