import { abilities } from '../facts/abilities.ts'
import { factsOf } from '../facts/backends/index.ts'
import type { ReferenceBackend } from '../reference/reference.ts'
import type { Words } from '../site/language.ts'
import { questions, type Answer } from './questions.ts'

/** Answers by question: `{ place: 'azure', mind: 'own' }`. */
export type Answers = Readonly<Record<string, string>>

/** The backend to take, why, and the one to take otherwise. */
export interface Choice {
  readonly name: string
  readonly reasons: readonly Words[]
  /** Absent where nothing else meets the demands. */
  readonly runnerUp: string | undefined
}

/**
 * Names one backend: those that do not meet every demand are out, the points of the answers order the rest, and among
 * equals the one that is set up in fewer steps, then the one that does more itself. `undefined` where nothing meets the
 * demands.
 */
export function choose(backends: readonly ReferenceBackend[], answers: Answers): Choice | undefined {
  const given = answersOf(answers)
  const left = backends.filter((backend) => given.every(({ demands }) => demands?.(backend) ?? true))
  const [first, second] = left
    .map((backend) => ({ backend, points: sum(given.map(({ points }) => points?.(backend) ?? 0)) }))
    .toSorted(
      (a, b) =>
        b.points - a.points ||
        factsOf(a.backend.name).setUpSteps - factsOf(b.backend.name).setUpSteps ||
        ownAbilities(b.backend) - ownAbilities(a.backend),
    )
  if (!first) return undefined
  return {
    name: first.backend.name,
    reasons: given.flatMap(({ reason }) => reason ?? []),
    runnerUp: second?.backend.name,
  }
}

/** The answers of each question; a question that was not answered, or with nonsense, counts as its first answer. */
export function answersOf(answers: Answers): readonly Answer[] {
  return questions.flatMap(({ id, answers: possible }) => {
    const found = possible.find((answer) => answer.id === answers[id]) ?? possible[0]
    return found ? [found] : []
  })
}

/** Every combination of answers there is. */
export function everyCombination(): readonly Answers[] {
  return questions.reduce<readonly Answers[]>(
    (all, { id, answers }) => all.flatMap((one) => answers.map((answer) => ({ ...one, [id]: answer.id }))),
    [{}],
  )
}

function ownAbilities({ capabilities }: ReferenceBackend): number {
  return abilities.filter(({ of }) => of(capabilities) === 'native').length
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
