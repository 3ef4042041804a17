'use client'

import { useEffect, useState } from 'react'
import { readRunQuery, writeRunQuery, type RunQuery } from './run-query.ts'

/** What is asked for: begins with the address, and keeps it up to date so that it can be shared and reloaded. */
export function useRunQuery(search: string): readonly [RunQuery, (change: Partial<RunQuery>) => void] {
  const [query, setQuery] = useState(() => readRunQuery(new URLSearchParams(search)))
  const address = writeRunQuery(query).toString()
  useEffect(() => {
    const { pathname } = location
    history.replaceState(history.state, '', address === '' ? pathname : `${pathname}?${address}`)
  }, [address])
  // Another question begins on its first page.
  return [query, (change) => setQuery((before) => ({ ...before, page: 1, ...change }))]
}
