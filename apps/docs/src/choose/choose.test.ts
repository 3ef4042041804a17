import { describe, expect, it } from 'vitest'
import { reference } from '../reference/read-reference.ts'
import { answersOf, choose, everyCombination } from './choose.ts'

const { backends } = reference
const named = (answers: Readonly<Record<string, string>>): string | undefined =>
  choose(backends, answers)?.name

describe('the guide', () => {
  it.for(everyCombination())(
    'names a backend that meets the demands, or says what the nearest lacks: $place $mind $must $first',
    (answers) => {
      const choice = choose(backends, answers) ?? expect.fail('none')
      const given = answersOf(answers)
      const meets = backends.filter(
        (backend) =>
          backend.name !== 'replay' && given.every(({ demands }) => demands?.(backend, answers) ?? true),
      )
      const names = meets.map(({ name }) => name)
      if (choice.unmet.length === 0) {
        expect(names).toContain(choice.name)
        expect(choice.reasons.length).toBeGreaterThan(0)
      } else expect(names).toEqual([])
      expect(choice.runnerUp !== undefined).toBe(names.length > 1)
      expect(choice.runnerUp?.name).not.toBe(choice.name)
      if (choice.runnerUp) expect(names).toContain(choice.runnerUp.name)
    },
  )

  it.for(everyCombination())(
    'takes Local only to try out or with a model of yours: $place $mind $must $first',
    (answers) => {
      const choice = choose(backends, answers) ?? expect.fail('none')
      const { mind, must, first } = answers
      const local = [choice, choice.runnerUp].find((named) => named?.name === 'local')
      if (!local) return
      if (mind === 'own') expect(local.withWhat?.en).toBe('with your model behind PARLEY_LLM_URL')
      else if (choice.unmet.length === 0) {
        expect([mind, first, local.withWhat?.en]).toEqual(['any', 'start', 'to try out'])
        expect(must).not.toBe('functions')
      } else expect(local.withWhat?.en).toMatch(/^(to try out|with a language model of yours)$/)
      const said = choice.caveats.map(({ en }) => en).join(' ')
      if (must === 'german') expect(said).toContain('not yet run with its real weights')
    },
  )

  it.for(everyCombination())(
    'claims the largest choice of voices, or the lowest price, only where it is so: $place $mind $must $first',
    (answers) => {
      const { name, reasons } = choose(backends, answers) ?? expect.fail('none')
      const said = reasons.map(({ en }) => en).join(' ')
      const { capabilities } = backends.find((each) => each.name === name) ?? expect.fail()
      const { voices, sessionExtensions, priceKind } = capabilities
      if (said.includes('voices')) {
        expect(voices.length >= 10 || sessionExtensions.includes('voice')).toBe(true)
      }
      if (said.includes('price')) expect(priceKind).not.toBe('unknown')
    },
  )

  it('says that nothing on machines of yours thinks by itself, and names the nearest', () => {
    const choice = choose(backends, { place: 'here', mind: 'ready', must: 'functions', first: 'price' })
    expect(choice).toMatchObject({
      name: 'local',
      withWhat: { en: 'with a language model of yours' },
      unmet: [{ en: 'has no language model of its own' }],
    })
  })

  it('has 108 combinations', () => {
    expect(everyCombination()).toHaveLength(108)
  })

  it.for([
    [{ place: 'here', mind: 'any', must: 'talk', first: 'start' }, 'local'],
    [{ place: 'anywhere', mind: 'any', must: 'talk', first: 'price' }, 'gemini-live'],
    [{ place: 'anywhere', mind: 'ready', must: 'functions', first: 'start' }, 'openai'],
    [{ place: 'here', mind: 'own', must: 'german', first: 'start' }, 'local'],
    [{ place: 'azure', mind: 'own', must: 'functions', first: 'voices' }, 'voice-live-byom'],
    [{ place: 'azure', mind: 'ready', must: 'german', first: 'voices' }, 'voice-live'],
    [{ place: 'anywhere', mind: 'ready', must: 'functions', first: 'turns' }, 'openai'],
  ] as const)('%j leads to %s', ([answers, name]) => {
    expect(named(answers)).toBe(name)
  })

  it('never sends a beginner to a recording', () => {
    const [local] = backends
    if (!local) expect.fail('no backend')
    const replay = { ...local, name: 'replay' }
    expect(choose([replay], {})).toBeUndefined()
    expect(choose([replay, local], {})?.name).toBe('local')
  })

  it('says what the nearest lacks when nothing meets the demands', () => {
    const only = backends.filter(({ name }) => name === 'openai')
    expect(choose(only, { place: 'azure' })?.unmet).toEqual([
      expect.objectContaining({ en: 'is not in Azure' }),
    ])
    expect(choose([], {})).toBeUndefined()
  })
})
