import { abilities } from '../facts/abilities.ts'
import { factsOf } from '../facts/backends/index.ts'
import type { ReferenceBackend } from '../reference/reference.ts'
import type { Words } from '../site/language.ts'
import { caveats, withWhat } from './caveats.ts'
import { questions, type Answer, type Answers } from './questions.ts'

/** A backend by its name, and what has to be added wherever it is named, as "to try out". */
export interface NamedBackend {
  readonly name: string
  readonly withWhat: Words | undefined
}

/** The backend to take, why, and the one to take otherwise. */
export interface Choice extends NamedBackend {
  readonly reasons: readonly Words[]
  /** What it does not meet; empty unless nothing meets all of the demands, and this is the nearest. */
  readonly unmet: readonly Words[]
  /** What to know of it and of the other one, as sentences. */
  readonly caveats: readonly Words[]
  /** Absent where nothing else meets the demands. */
  readonly runnerUp: NamedBackend | undefined
}

/**
 * Names one backend: demands come first, those of the earlier question before those of all later ones; the points of
 * the answers order the rest, and among equals the one that is set up in fewer steps, then the one that does more
 * itself. `undefined` where there is nothing to name; a replay, which repeats what was recorded, is never named.
 */
export function choose(backends: readonly ReferenceBackend[], answers: Answers): Choice | undefined {
  const given = answersOf(answers)
  const full = Object.fromEntries(questions.map(({ id }, place) => [id, given[place]?.id ?? '']))
  const isUnmet = (backend: ReferenceBackend, { demands }: Answer): boolean =>
    demands?.(backend, full) === false
  const ranked = backends
    .filter(({ name }) => name !== 'replay')
    .map((backend) => ({
      backend,
      short: sum(given.map((answer, place) => (isUnmet(backend, answer) ? 2 ** (given.length - place) : 0))),
      points: sum(given.map(({ points }) => points?.(backend) ?? 0)),
    }))
    .toSorted(
      (a, b) =>
        a.short - b.short ||
        b.points - a.points ||
        factsOf(a.backend.name).setUpSteps - factsOf(b.backend.name).setUpSteps ||
        ownAbilities(b.backend) - ownAbilities(a.backend),
    )
  const [first, second] = ranked
  if (!first) return undefined
  const left = ranked.filter(({ short }) => short === first.short).map(({ backend }) => backend)
  const unmet = given.filter((answer) => isUnmet(first.backend, answer))
  const holds = (answer: Answer): boolean => !unmet.includes(answer) && isTrueOf(first.backend, answer, left)
  const other = first.short === 0 && second?.short === 0 ? second.backend : undefined
  const named = other ? [first.backend, other] : [first.backend]
  return {
    ...nameOf(first.backend, full),
    reasons: given.filter(holds).flatMap(({ reason }) => reason ?? []),
    unmet: unmet.flatMap((answer) => answer.unmet ?? []),
    caveats: caveats(named, full, !given.every((answer) => unmet.includes(answer) || holds(answer))),
    runnerUp: other && nameOf(other, full),
  }
}

/** Whether the reason of an answer is true of a backend, compared with the others that are left. */
function isTrueOf(
  backend: ReferenceBackend,
  { points, bestFrom }: Answer,
  left: readonly ReferenceBackend[],
): boolean {
  if (!points || bestFrom === undefined) return true
  return points(backend) >= Math.max(bestFrom, ...left.map(points))
}

function nameOf(backend: ReferenceBackend, answers: Answers): NamedBackend {
  return { name: backend.name, withWhat: withWhat(backend, answers) }
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
