import { RealtimeError } from '@parley/core'
import type { Item } from '@parley/core'
import type { LanguageModel, LanguageModelRequest } from '@parley/core/providers/cascade'
import { memoryStore } from '@parley/core/storage'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../config.ts'
import type { Log } from '../telemetry.ts'
import { readByModel, readByPatterns } from './fact-extraction.ts'
import { createPeople, mostFacts } from './people.ts'
import { modelSummarizer } from './summarizer.ts'

/** A model that answers as told, and keeps what it was asked. */
function model(answer: (text: string) => string): LanguageModel & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    name: 'm',
    tools: false,
    asked,
    async *respond({ items, instructions }: LanguageModelRequest) {
      const [item] = items
      const part = item?.type === 'message' ? item.content[0] : undefined
      const text = part?.type === 'input_text' ? part.text : ''
      asked.push(`${instructions}\n${text}`)
      yield { type: 'text', text: answer(text) }
      yield { type: 'end', reason: 'completed', usage: undefined }
    },
  }
}

const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
const { signal } = new AbortController()

const say = (text: string): Item => ({
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text }],
})

describe('a summarizer', () => {
  it('is given the summary so far and what was said after it, by name', async () => {
    const llm = model(() => ' The new one. ')
    const items = [
      say('My code is 4711.'),
      { type: 'function_call_output', call_id: 'c', output: 'x'.repeat(5000) } as const,
    ]
    const request = { previous: 'The old one.', items, maxTokens: 300, signal }
    expect(await modelSummarizer(llm, 'm-1').summarize(request)).toBe('The new one.')
    expect(llm.asked).toHaveLength(1)
    expect(llm.asked[0]).toContain('<summary_so_far>\nThe old one.\n</summary_so_far>')
    expect(llm.asked[0]).toContain('User: My code is 4711.\nTool result: xxx')
    expect(llm.asked[0]?.length).toBeLessThan(5000)
  })

  it('takes a long stretch in steps, each with the summary of those before', async () => {
    const llm = model((text) => `Sum ${text.length}.`)
    const items = Array.from({ length: 40 }, (_, index) => say(`${index}: ${'barley '.repeat(700)}`))
    await modelSummarizer(llm, 'm-1').summarize({ previous: undefined, items, maxTokens: 300, signal })
    expect(llm.asked.length).toBeGreaterThan(1)
    expect(llm.asked[0]).not.toContain('<summary_so_far>')
    expect(llm.asked[1]).toContain('<summary_so_far>\nSum ')
  })

  it('fails when there are no words in the answer', async () => {
    const request = { previous: undefined, items: [say('Hi.')], maxTokens: 300, signal }
    await expect(
      modelSummarizer(
        model(() => ' '),
        'm-1',
      ).summarize(request),
    ).rejects.toBeInstanceOf(RealtimeError)
  })
})

describe('reading facts by a model', () => {
  const known = [{ id: 'f1', text: 'My name is Ada.' }]

  it('takes what it adds, changes and removes, and nothing else', async () => {
    const answer = {
      add: ['I live in Ulm.', '', 'My name is Ada.', 'x'.repeat(400)],
      update: [
        { id: 'f1', text: 'My name is Grace.' },
        { id: 'f9', text: 'Nobody knows this.' },
      ],
      remove: ['f1', 'f9'],
    }
    const read = readByModel(model(() => `Sure!\n\`\`\`json\n${JSON.stringify(answer)}\n\`\`\``))
    expect(await read('I moved to Ulm, and I am Grace.', known, signal)).toEqual({
      put: [
        { id: 'f1', text: 'My name is Grace.' },
        { id: undefined, text: 'I live in Ulm.' },
      ],
      remove: ['f1'],
    })
  })

  it('asks nothing where nobody speaks of themselves', async () => {
    const llm = model(() => '{}')
    expect(await readByModel(llm)('Is it raining in Berlin?', known, signal)).toEqual({ put: [], remove: [] })
    expect(llm.asked).toEqual([])
  })

  it.each(['', 'I cannot do that.', '{"add": "no list"}', '[]'])(
    'reads by patterns after the answer %j',
    async (text) => {
      const read = readByModel(model(() => text))
      expect((await read('My name is Grace.', known, signal)).put).toEqual([
        { id: 'f1', text: 'My name is Grace.' },
      ])
    },
  )
})

describe('people', () => {
  let count = 0
  const newId = (prefix: string): string => `${prefix}_${(count += 1)}`

  it('learn in the order they spoke, whatever conversations they are in', async () => {
    await using store = memoryStore()
    const people = createPeople({ facts: store.facts, read: readByPatterns, log, newId })
    const [one, other] = [await people.meet('ada', 'conv_1'), await people.meet('ada', 'conv_2')]
    await Promise.all([
      one.learn('My name is Ada.'),
      other.learn('My name is Grace.'),
      one.learn('I live in Ulm.'),
    ])
    expect((await store.facts.list('ada')).map(({ text }) => text)).toEqual([
      'My name is Grace.',
      'I live in Ulm.',
    ])
  })

  it('are known as before when the store is gone', async () => {
    await using store = memoryStore()
    await store.facts.put('ada', { id: 'f', text: 'I like tea.', conversationId: undefined })
    const gone = async (): Promise<never> => {
      throw new RealtimeError('store_unavailable', 'Gone.')
    }
    const facts = { ...store.facts }
    const ada = await createPeople({ facts, read: readByPatterns, log, newId }).meet('ada', 'conv_1')
    Object.assign(facts, { list: gone })
    expect(await ada.learn('My name is Ada.')).toMatchObject([{ text: 'I like tea.' }])
  })

  it('stay forgotten what was forgotten while their words were read', async () => {
    await using store = memoryStore()
    await store.facts.put('ada', { id: 'f', text: 'I live in Ulm.', conversationId: undefined })
    const read = async () => {
      await store.facts.deleteAll('ada')
      return { put: [{ id: 'f', text: 'I live in Bonn.' }], remove: [] }
    }
    const ada = await createPeople({ facts: store.facts, read, log, newId }).meet('ada', 'conv_1')
    expect(await ada.learn('I moved to Bonn.')).toEqual([])
    expect(await store.facts.list('ada')).toEqual([])
  })

  it('learn no more than there is room for', async () => {
    await using store = memoryStore()
    for (let index = 0; index < mostFacts; index += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await store.facts.put('ada', { id: `f${index}`, text: `Fact ${index}.`, conversationId: undefined })
    }
    const ada = await createPeople({ facts: store.facts, read: readByPatterns, log, newId }).meet('ada', 'c')
    expect(await ada.learn('My name is Ada.')).toHaveLength(mostFacts)
  })
})

describe('settings of the memory', () => {
  const memoryOf = (environment: Readonly<Record<string, string>>) => {
    const result = parseConfig(environment)
    return 'config' in result ? result.config.memory : result.faults
  }

  it('have defaults', () => {
    expect(memoryOf({})).toEqual({
      context: { strategy: 'summary', budgetTokens: 8000 },
      summary: undefined,
      people: false,
    })
  })

  it('take the language model of the local backend for summaries, and keep its key from other addresses', () => {
    const llm = { PARLEY_LLM_URL: 'http://a.test/v1', PARLEY_LLM_MODEL: 'big', PARLEY_LLM_KEY: 'k' }
    expect(memoryOf(llm)).toMatchObject({ summary: { url: 'http://a.test/v1', model: 'big', key: 'k' } })
    expect(memoryOf({ ...llm, PARLEY_SUMMARY_MODEL: 'small' })).toMatchObject({
      summary: { url: 'http://a.test/v1', model: 'small', key: 'k' },
    })
    const own = { PARLEY_SUMMARY_URL: 'http://b.test/v1', PARLEY_SUMMARY_MODEL: 'small' }
    expect(memoryOf({ ...llm, ...own })).toMatchObject({
      summary: { url: 'http://b.test/v1', model: 'small', key: undefined },
    })
  })

  it.each([
    [{ PARLEY_SUMMARY_URL: 'http://b.test/v1' }, 'PARLEY_SUMMARY_MODEL is missing'],
    [{ PARLEY_SUMMARY_MODEL: 'small' }, 'PARLEY_SUMMARY_URL is missing'],
    [{ PARLEY_SUMMARY_KEY: 'k' }, 'PARLEY_SUMMARY_URL is missing'],
    [{ PARLEY_CONTEXT_STRATEGY: 'best' }, 'PARLEY_CONTEXT_STRATEGY'],
    [{ PARLEY_CONTEXT_TOKENS: '5' }, 'PARLEY_CONTEXT_TOKENS'],
    [{ PARLEY_PEOPLE: 'maybe' }, 'PARLEY_PEOPLE'],
  ])('refuse %j', (environment, fault) => {
    expect(JSON.stringify(memoryOf(environment))).toContain(fault)
  })
})
