import { describe, expect, it } from 'vitest'
import { reference } from '../reference/read-reference.ts'
import { answersOf, choose, everyCombination } from './choose.ts'

const { backends } = reference
const named = (answers: Readonly<Record<string, string>>): string | undefined =>
  choose(backends, answers)?.name

describe('the guide', () => {
  it.for(everyCombination())(
    'names a backend that meets the demands, and another one if there is any: $place $mind $must $first',
    (answers) => {
      const choice = choose(backends, answers) ?? expect.fail('none')
      const demands = answersOf(answers).flatMap((answer) => answer.demands ?? [])
      const meets = backends.filter((backend) => demands.every((demand) => demand(backend)))
      expect(meets.map(({ name }) => name)).toContain(choice.name)
      expect(choice.runnerUp !== undefined).toBe(meets.length > 1)
      expect(choice.runnerUp).not.toBe(choice.name)
      if (choice.runnerUp !== undefined) expect(meets.map(({ name }) => name)).toContain(choice.runnerUp)
      expect(choice.reasons.length).toBeGreaterThan(0)
    },
  )

  it('has 108 combinations', () => {
    expect(everyCombination()).toHaveLength(108)
  })

  it.for([
    [{ place: 'here', mind: 'any', must: 'talk', first: 'start' }, 'local'],
    [{ place: 'anywhere', mind: 'any', must: 'talk', first: 'price' }, 'local'],
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

  it('names nothing when nothing meets the demands', () => {
    expect(
      choose(
        backends.filter(({ name }) => name === 'openai'),
        { place: 'azure' },
      ),
    ).toBeUndefined()
  })
})
