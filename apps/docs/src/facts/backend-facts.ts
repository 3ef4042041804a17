import type { ReferenceEvidence } from '../reference/reference.ts'
import type { Words } from '../site/language.ts'

/** Something said of a backend that its capability record does not carry, and how it is known. */
export interface Fact {
  readonly words: Words
  readonly evidence: Omit<ReferenceEvidence, 'fields'>
}

/** Whose machines the sound reaches. */
export type Place = 'this-machine' | 'your-server' | 'azure' | 'internet'

/** What people ask of a backend and no capability record can answer. */
export interface BackendFacts {
  readonly place: Place
  /** The language model is one you bring: it can be, it must be, or it cannot. */
  readonly ownModel: 'possible' | 'needed' | 'no'
  /** Without a model you bring, an embedded answerer replies, which is no language model. */
  readonly hasAnswererOnly?: true
  /** Voices that the reference leaves out, as they depend on the machine; read after a list or a number. */
  readonly moreVoices?: Words
  /** The backend itself keeps the conversation beyond a session; Parley's own memory is there in any case. */
  readonly memoryInside: boolean
  /** Steps before it answers: 0 none, 1 a key or an address, 2 a cloud resource, 3 several. */
  readonly setUpSteps: 0 | 1 | 2 | 3
  readonly intelligence: Fact
  readonly latency: Fact
  readonly useCases: Fact
  /** What it is, in a few sentences. */
  readonly about: Words
  /** Commands that turn it on. */
  readonly commands: string
  /** What is different from the others, one sentence an entry. */
  readonly differs: readonly Words[]
  /** What it cannot do, or only up to a point. */
  readonly limits: readonly Words[]
}

/** A judgement of ours that follows from the other facts. */
export function judged(en: string, de: string): Fact {
  return {
    words: { en, de },
    evidence: {
      source: 'Our judgement, from the facts in this row',
      date: '2026-11-23',
      confidence: 'assumed',
    },
  }
}

/** Nobody has measured it, ourselves included; `more` is what is documented instead. */
export function notMeasured(more?: {
  readonly en: string
  readonly de: string
  readonly source: string
  readonly confidence: 'documented' | 'measured' | 'third-party' | 'assumed'
}): Fact {
  const own = { en: 'Not measured', de: 'Nicht gemessen' }
  if (!more) {
    return {
      words: own,
      evidence: { source: 'No run against the service', date: '2026-11-23', confidence: 'measured' },
    }
  }
  const { en, de, source, confidence } = more
  return {
    words: { en: `${own.en}. ${en}`, de: `${own.de}. ${de}` },
    evidence: { source, date: '2026-11-22', confidence },
  }
}
