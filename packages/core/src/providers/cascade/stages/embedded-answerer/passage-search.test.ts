import { describe, expect, it } from 'vitest'
import {
  type EvaluationQuestion,
  questionsDe,
  questionsEn,
  unknownDe,
  unknownEn,
} from './__fixtures__/evaluation-questions.ts'
import { passages } from './passages.ts'
import type { AnswerLanguage } from './spelling.ts'
import { findPassage } from './telling.ts'

function rightOnes(questions: readonly EvaluationQuestion[], language: AnswerLanguage): number {
  return questions.filter(([question, ...ids]) => ids.includes(findPassage(question, language)?.id ?? ''))
    .length
}

describe('the knowledge', () => {
  it('has the same passages in both languages, each short enough to be spoken', () => {
    expect(passages.de.map(({ id }) => id)).toEqual(passages.en.map(({ id }) => id))
    for (const { text, id } of [...passages.en, ...passages.de]) {
      expect(text.split(/[.!?](?:\s|$)/).length - 1, id).toBeLessThanOrEqual(4)
      expect(text.length, id).toBeLessThan(260)
    }
  })

  it.each([
    ['en', questionsEn, 32 / 36],
    ['de', questionsDe, 29 / 36],
  ] as const)(
    'answers spoken questions in %s as often as the retrieval study found',
    (language, questions, share) => {
      expect(questions.length).toBeGreaterThanOrEqual(36)
      expect(rightOnes(questions, language) / questions.length).toBeGreaterThanOrEqual(share)
    },
  )

  it.each([
    ['en', unknownEn],
    ['de', unknownDe],
  ] as const)('admits in %s that it does not know four of five foreign questions', (language, questions) => {
    const admitted = questions.filter((question) => findPassage(question, language) === undefined)
    expect(admitted.length / questions.length).toBeGreaterThanOrEqual(0.8)
  })
})
