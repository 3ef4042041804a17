'use client'

import type { Mark } from '@parley/compare'
import { useMemo } from 'react'
import { useCompareText } from '../../i18n/compare-messages.ts'
import type { CompareTexts } from '../../i18n/en-compare.ts'
import { usePreferences } from '../../i18n/page-preferences.tsx'

/** Marks in words: the short label beside a line, and the whole of it for a list. */
export interface MarkText {
  /** `undefined` for a mark without a label in the picture. */
  readonly labelOf: (mark: Mark) => string | undefined
  readonly describe: (mark: Mark) => { readonly name: string; readonly detail: string }
}

/** The marks in the language of the page. */
export function useMarkText(): MarkText {
  const { marks, stage } = useCompareText()
  const { format } = usePreferences()
  return useMemo(
    () => ({
      labelOf: (mark) => shortLabel(mark, marks.short),
      describe: (mark) => ({
        name: marks.names[mark.type],
        detail: detailOf(mark, (ms) => stage.milliseconds(format.integer(ms))),
      }),
    }),
    [marks, stage, format],
  )
}

function shortLabel(mark: Mark, short: CompareTexts['marks']['short']): string | undefined {
  if (mark.type === 'tool_call') return `${short.tool_call} ${mark.name}`
  return mark.type in short ? short[mark.type as keyof typeof short] : undefined // `in` has just checked it.
}

function detailOf(mark: Mark, ms: (value: number) => string): string {
  switch (mark.type) {
    case 'text_sent':
    case 'first_transcript':
    case 'transcript':
    case 'first_text':
    case 'response_done':
    case 'warning':
    case 'error':
      return mark.text
    case 'step':
      return String(mark.step + 1)
    case 'tool_call':
      return `${mark.name}(${mark.arguments})`
    case 'cut':
      return ms(mark.heardMs)
    case 'late_frame':
      return ms(mark.lateMs)
    case 'underrun':
      return ms(mark.gapMs)
    case 'closed':
      return mark.code
    case 'connected':
    case 'session_created':
    case 'session_ready':
    case 'speech_start':
    case 'speech_end':
    case 'speech_started':
    case 'speech_stopped':
    case 'response_created':
    case 'first_audio':
    case 'first_sound':
    case 'sound_end':
      return ''
  }
}
