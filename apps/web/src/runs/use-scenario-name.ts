'use client'

import { useCallback } from 'react'
import { useRunsText } from '../i18n/runs-messages.ts'
import { typedName } from './again.ts'

/** What a scenario is called for people; without one the words were spoken live. */
export function useScenarioName(): (name: string | undefined) => string {
  const { list: text } = useRunsText()
  return useCallback(
    (name) => (name === undefined ? text.live : name === typedName ? text.typed : name),
    [text],
  )
}
