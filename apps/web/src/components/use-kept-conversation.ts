import { useEffect, useRef } from 'react'
import type { Controller } from '../session/controller.ts'
import { useStore } from './use-store.ts'

const storageKey = 'parley.conversation'

/** Shows the conversation this tab had open before it was loaded again; one that is no more is forgotten. */
export function useKeptConversation(controller: Controller, show: (id: string) => Promise<void>): void {
  const { conversationId } = useStore(controller.view)
  useEffect(() => {
    const kept = read()
    if (kept === null || controller.view.get().conversationId !== undefined) return
    show(kept).catch(() => keep(undefined))
  }, [controller, show])
  const before = useRef<string>(undefined)
  useEffect(() => {
    // The empty page at the beginning takes nothing away.
    if (conversationId !== before.current) keep(conversationId)
    before.current = conversationId
  }, [conversationId])
}

/** A browser may forbid to keep anything: then a page that is loaded again begins anew. */
function read(): string | null {
  try {
    return sessionStorage.getItem(storageKey)
  } catch {
    return null
  }
}

function keep(id: string | undefined): void {
  try {
    if (id === undefined) sessionStorage.removeItem(storageKey)
    else sessionStorage.setItem(storageKey, id)
  } catch {
    // Nothing is kept.
  }
}
