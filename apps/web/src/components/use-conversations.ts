'use client'

import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ConversationSummary, GatewayClient } from '../gateway-client.ts'

/** The stored conversations, newest first. */
export interface Conversations {
  readonly all: readonly ConversationSummary[]
  readonly status: 'loading' | 'loaded' | 'failed'
  readonly hasMore: boolean
  readonly refresh: () => void
  readonly loadMore: () => void
  readonly remove: (id: string) => Promise<void>
}

/** Loads the list once, and again when told to. */
export function useConversations(client: GatewayClient): Conversations {
  const [all, setAll] = useState<readonly ConversationSummary[]>([])
  const [cursor, setCursor] = useState<string | undefined>(undefined)
  const [status, setStatus] = useState<Conversations['status']>('loading')

  const load = useCallback(
    async (after?: string): Promise<void> => {
      try {
        const page = await client.conversations(after)
        setAll((before) => (after === undefined ? page.data : [...before, ...page.data]))
        setCursor(page.cursor ?? undefined)
        setStatus('loaded')
      } catch {
        setStatus('failed')
      }
    },
    [client],
  )

  useEffect(() => {
    void load()
  }, [load])

  const remove = useCallback(
    async (id: string): Promise<void> => {
      await client.deleteConversation(id)
      setAll((before) => before.filter((conversation) => conversation.id !== id))
    },
    [client],
  )

  return useMemo(
    () => ({
      all,
      status,
      hasMore: cursor !== undefined,
      refresh: () => void load(),
      loadMore: () => void load(cursor),
      remove,
    }),
    [all, status, cursor, load, remove],
  )
}
