import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Item } from '../events/items.ts'
import type { ContextCapabilities, ContextMaterial, ContextOptions, ContextPlan } from './context-plan.ts'
import { itemTokens, wordsOf } from './item-words.ts'
import { blockItemId, planContext } from './plan-context.ts'
import { estimateTokens } from './tokens.ts'

const byItems: ContextCapabilities = {
  historySeeding: 'items',
  inputModalities: ['text', 'audio'],
  contextWindowTokens: undefined,
}

const words = fc
  .array(
    fc.constantFrom(
      'the',
      'table',
      'Anna',
      'on',
      'Friday',
      'at',
      '7:30',
      'für',
      'vier',
      'Personen',
      'please',
      'remember',
      'that',
      'my',
      'code',
      'is',
      '4711',
      '好的',
      'да',
      'agreed.',
      'Why?',
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map((list) => list.join(' '))

/** A conversation: turns of a user, answers, and calls whose outputs come at once or only turns later. */
const conversation = fc
  .array(
    fc.record({
      said: words,
      answers: fc.array(words, { maxLength: 2 }),
      call: fc.option(fc.record({ output: words, late: fc.boolean() }), { nil: undefined }),
      image: fc.boolean(),
    }),
    { maxLength: 25 },
  )
  .map((turns): readonly Item[] => {
    const late: Item[] = []
    const items = turns.flatMap(({ said, answers, call, image }, index): readonly Item[] => {
      const id = (name: string): string => `item_${index}_${name}`
      const output: Item[] = call
        ? [{ id: id('output'), type: 'function_call_output', call_id: id('call'), output: call.output }]
        : []
      const due = late.splice(0)
      if (call?.late) late.push(...output)
      return [
        {
          id: id('user'),
          type: 'message',
          role: 'user',
          content: [
            { type: 'input_text', text: said },
            ...(image ? [{ type: 'input_image' as const, image_url: 'data:image/png;base64,AAAA' }] : []),
          ],
        },
        ...(call
          ? [
              {
                id: id('ask'),
                type: 'function_call' as const,
                name: 'look',
                call_id: id('call'),
                arguments: '{}',
              },
            ]
          : []),
        ...(call && !call.late ? output : []),
        ...due,
        ...answers.map((text, at): Item => ({
          id: id(`answer${at}`),
          type: 'message',
          role: 'assistant',
          content: [{ type: 'output_text', text }],
        })),
      ]
    })
    return [...items, ...late]
  })

const facts = (prefix: string) =>
  fc
    .oneof(fc.constant([]), fc.array(words, { maxLength: 4 }))
    .map((texts) =>
      texts.map((text, index) => ({ id: `${prefix}${index}`, text: `${prefix} ${index}: ${text}` })),
    )

const material: fc.Arbitrary<ContextMaterial> = fc
  .record({
    items: conversation,
    summary: fc.option(fc.record({ at: fc.nat(), text: words, by: fc.constant('a-model') }), {
      nil: undefined,
    }),
    pinned: facts('pinned'),
    person: facts('person'),
  })
  .map(({ summary, ...rest }) => {
    const through = summary && rest.items[summary.at % Math.max(1, rest.items.length)]?.id
    return {
      ...rest,
      summary: summary && { throughItemId: through ?? 'item_gone', text: summary.text, by: summary.by },
    }
  })

const options: fc.Arbitrary<ContextOptions> = fc.record({
  strategy: fc.constantFrom('summary', 'recent', 'full', 'none'),
  budgetTokens: fc.integer({ min: 0, max: 3000 }),
})

const capabilities: fc.Arbitrary<ContextCapabilities> = fc.record({
  historySeeding: fc.constantFrom('items', 'instructions', 'both', 'none'),
  inputModalities: fc.constantFrom(['text'], ['text', 'audio', 'image']),
  contextWindowTokens: fc.constantFrom(undefined, 500, 32_768),
})

/** Checks every plan of generated material. */
function always(
  check: (plan: ContextPlan, from: ContextMaterial, asked: ContextOptions, can: ContextCapabilities) => void,
): void {
  fc.assert(
    fc.property(material, options, capabilities, (from, asked, can) => {
      check(planContext(from, asked, can), from, asked, can)
    }),
    { numRuns: 300 },
  )
}

/** Everything that is told, as one text. */
function allText({ items, instructions }: ContextPlan): string {
  return [...items.map((item) => wordsOf(item)?.text ?? ''), instructions ?? ''].join('\n')
}

function toldIds({ items }: ContextPlan): readonly (string | undefined)[] {
  return items.map(({ id }) => id).filter((id) => id !== blockItemId)
}

describe('planContext', () => {
  it('keeps the order and leaves out only what is oldest', () => {
    always((plan, { items }) => {
      const known = items.map(({ id }) => id)
      const told = toldIds(plan)
      const seen = told.filter((id) => known.includes(id))
      expect(seen).toEqual(told)
      expect(told).toEqual(known.filter((id) => told.includes(id)))
    })
  })

  it('tells nothing twice', () => {
    always((plan, { items }) => {
      const ids = plan.items.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      const { report } = plan
      expect(report.items + report.summarized + report.left_out).toBe(items.length)
      expect(Math.min(report.items, report.summarized, report.left_out)).toBeGreaterThanOrEqual(0)
    })
  })

  it('exceeds the budget by facts alone, and counts what it tells', () => {
    always((plan, from, asked, can) => {
      const { report } = plan
      const counted = plan.items.reduce((sum, item) => sum + itemTokens(item), 0)
      expect(report.tokens).toBe(counted + estimateTokens(plan.instructions ?? ''))
      if (report.budget_tokens === null) return expect(asked.strategy).toBe('full')
      const onlyFacts = planContext({ ...from, items: [], summary: undefined }, asked, can).report.tokens
      expect(report.tokens).toBeLessThanOrEqual(Math.max(report.budget_tokens, onlyFacts))
    })
  })

  it('tells every fact wherever anything can be told', () => {
    always((plan, { pinned, person }, _, { historySeeding }) => {
      if (historySeeding === 'none') return expect(allText(plan)).toBe('')
      const text = allText(plan)
      for (const fact of [...pinned, ...person]) expect(text).toContain(fact.text)
      expect(plan.report).toMatchObject({ pinned: pinned.length, facts: person.length, facts_left_out: 0 })
    })
  })

  it('tells a call with its output or neither', () => {
    always((plan) => {
      const calls = plan.items.flatMap((item) => (item.type === 'function_call' ? item.call_id : []))
      const outputs = plan.items.flatMap((item) => (item.type === 'function_call_output' ? item.call_id : []))
      expect(new Set(calls)).toEqual(new Set(outputs))
    })
  })

  it('shows images only to those who see', () => {
    always((plan, _, __, { inputModalities }) => {
      if (inputModalities.includes('image')) return
      const parts = plan.items.flatMap((item) =>
        item.type === 'message' ? item.content.map(({ type }) => type) : [],
      )
      expect(parts).not.toContain('input_image')
    })
  })

  it('uses the ways a backend has and no other', () => {
    always((plan, _, __, { historySeeding }) => {
      if (historySeeding === 'items') expect(plan.instructions).toBeUndefined()
      if (historySeeding === 'instructions') expect(plan.items).toEqual([])
      if (historySeeding === 'both') expect(plan.items.map(({ id }) => id)).not.toContain(blockItemId)
      if (historySeeding === 'none') expect(plan).toMatchObject({ items: [], instructions: undefined })
    })
  })

  it('gives the same plan for the same material, and for the part of it that it told', () => {
    always((plan, from, asked, can) => {
      expect(planContext(from, asked, can)).toEqual(plan)
      const told = plan.items.filter(({ id }) => id !== blockItemId)
      const again = planContext({ ...from, items: told, summary: undefined }, asked, can)
      expect(toldIds(again)).toEqual(toldIds(plan))
    })
  })

  it('leaves half of a small context window to the talk', () => {
    const items = turns(200)
    const plan = planContext(
      { items, summary: undefined, pinned: [], person: [] },
      { strategy: 'full', budgetTokens: 1 },
      { ...byItems, contextWindowTokens: 2000 },
    )
    expect(plan.report.budget_tokens).toBe(1000)
    expect(plan.report.tokens).toBeLessThanOrEqual(1000)
    expect(plan.report.tokens).toBeGreaterThan(900)
  })

  it('tells a stored summary in place of old turns, and sentences of what came after it', () => {
    const items = turns(200)
    const plan = planContext(
      {
        items,
        summary: { throughItemId: 'item_100', text: 'They planned a wedding in Ulm.', by: 'a-model' },
        pinned: [{ id: 'p', text: 'The budget is 900 EUR.' }],
        person: [],
      },
      { strategy: 'summary', budgetTokens: 800 },
      byItems,
    )
    const block = wordsOf(plan.items[0] ?? { type: 'message', role: 'system', content: [] })
    expect(block).toMatchObject({ speaker: 'Application' })
    expect(block?.text).toContain('They planned a wedding in Ulm.')
    expect(block?.text).toContain('The budget is 900 EUR.')
    expect(block?.text).toMatch(/- User: Turn 1\d\d/)
    expect(plan.items.at(-1)?.id).toBe('item_199')
    expect(plan.report.summary_by).toBe('a-model, extractive')
    expect(plan.report.tokens).toBeLessThanOrEqual(800)
  })

  it('tells the newest part of a turn that is too long alone', () => {
    const long = 'word '.repeat(500)
    const items: readonly Item[] = [
      { id: 'a', type: 'message', role: 'user', content: [{ type: 'input_text', text: long }] },
      {
        id: 'b',
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'Short answer.' }],
      },
    ]
    const plan = planContext(
      { items, summary: undefined, pinned: [], person: [] },
      { strategy: 'recent', budgetTokens: 100 },
      byItems,
    )
    expect(plan.items.map(({ id }) => id)).toEqual(['b'])
    expect(plan.report.left_out).toBe(1)
  })

  it('says which facts no backend is told', () => {
    const person = Array.from({ length: 100 }, (_, index) => ({
      id: `${index}`,
      text: `${index} ${'fact '.repeat(100)}`,
    }))
    const plan = planContext(
      { items: [], summary: undefined, pinned: [], person },
      { strategy: 'summary', budgetTokens: 500 },
      byItems,
    )
    expect(plan.report.facts_left_out).toBeGreaterThan(0)
    expect(plan.report.tokens).toBeGreaterThan(500)
    expect(allText(plan)).toContain('- 99 fact')
    expect(allText(plan)).not.toContain('- 0 fact')
  })
})

function turns(count: number): readonly Item[] {
  return Array.from({ length: count }, (_, index): Item => ({
    id: `item_${index}`,
    type: 'message',
    role: 'user',
    content: [{ type: 'input_text', text: `Turn ${index} is about guest number ${index * 7}.` }],
  }))
}
