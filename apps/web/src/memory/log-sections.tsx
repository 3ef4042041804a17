'use client'

import type { JSX } from 'react'
import type { StoredConversation } from '../gateway-client.ts'
import type { Messages } from '../i18n/en.ts'
import type { MemoryTexts } from '../i18n/en-memory.ts'
import { useMemoryText } from '../i18n/memory-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { problemOfCode } from '../session/problem.ts'
import { numberField } from '../session/unchecked.ts'

type Answer = NonNullable<StoredConversation['responses']>[number]

/** Every answer with who gave it and what it cost. */
export function AnswersSection(props: {
  readonly answers: readonly Answer[]
  readonly titleOf: (backend: string) => string
}): JSX.Element {
  const { answers, titleOf } = props
  const { format } = usePreferences()
  const { answers: words } = useMemoryText()
  const sum = (key: string): number =>
    answers.reduce((total, { usage }) => total + (numberField(usage, key) ?? 0), 0)
  return (
    <details className="fold" data-testid="answers">
      <summary>{words.label(answers.length)}</summary>
      {answers.length === 0 && <p className="field-hint">{words.empty}</p>}
      {answers.length > 0 && (
        <>
          {sum('input_tokens') + sum('output_tokens') > 0 && (
            <p className="field-hint">
              {words.total(format.integer(sum('input_tokens')), format.integer(sum('output_tokens')))}
            </p>
          )}
          <ol className="log-rows">
            {answers.map((answer) => (
              <li key={answer.responseId} data-status={answer.status}>
                <time dateTime={new Date(answer.at).toISOString()}>{format.time(answer.at)}</time>
                <span>
                  <b>{titleOf(answer.backend)}</b>
                  {modelOf(answer)}
                  {answer.status !== 'completed' && `, ${words.statuses[answer.status]}`}
                </span>
                <Usage usage={answer.usage} />
              </li>
            ))}
          </ol>
        </>
      )}
    </details>
  )
}

function Usage({ usage }: Pick<Answer, 'usage'>): JSX.Element | null {
  const { format } = usePreferences()
  const { answers: words } = useMemoryText()
  const input = numberField(usage, 'input_tokens')
  const output = numberField(usage, 'output_tokens')
  if (input === undefined && output === undefined) return null
  return <span>{words.usage(format.integer(input ?? 0), format.integer(output ?? 0))}</span>
}

/** What happened to the sessions of the conversation. */
export function LifeSection(props: {
  readonly life: NonNullable<StoredConversation['life']>
  readonly titleOf: (backend: string) => string
}): JSX.Element {
  const { life, titleOf } = props
  const { format, text } = usePreferences()
  const { life: words } = useMemoryText()
  const { problems } = text
  return (
    <details className="fold" data-testid="life">
      <summary>{words.label(life.length)}</summary>
      {life.length === 0 && <p className="field-hint">{words.empty}</p>}
      <ol className="log-rows">
        {life.map(({ at, event, backend, model, detail }, place) => (
          <li key={`${at} ${place}`} data-event={event}>
            <time dateTime={new Date(at).toISOString()} title={format.date(at)}>
              {format.time(at)}
            </time>
            <span>
              <b title={event}>{wordsOf(event, words.events) ?? words.other}</b>
              {backend !== undefined && ` · ${titleOf(backend)}`}
              {modelOf({ backend, model })}
            </span>
            {detail !== undefined && event !== 'forked' && event !== 'imported' && (
              <span title={detail}>{reasonWords(detail, words, problems)}</span>
            )}
          </li>
        ))}
      </ol>
    </details>
  )
}

/** The model, where it says more than the backend. */
function modelOf({
  backend,
  model,
}: {
  readonly backend?: string | undefined
  readonly model?: string | undefined
}): string {
  return model === undefined || model === backend ? '' : ` ${model}`
}

/** Why it happened; an error by the name the page gives it elsewhere, nothing for what only programs read. */
function reasonWords(
  detail: string,
  { reasons }: MemoryTexts['life'],
  problems: Messages['problems'],
): string | undefined {
  const problem = problemOfCode(detail)
  return wordsOf(detail, reasons) ?? (problem && problems[problem].title)
}

function wordsOf(name: string, words: Readonly<Record<string, string>>): string | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined
}
