'use client'

import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'

/** A scrolled element that stays at its end while it grows, until the person scrolls up. */
export interface StickToEnd {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly isAtEnd: boolean
  readonly onScroll: () => void
  readonly toEnd: () => void
}

/** Goes to the end whenever `content` changes, unless the person has scrolled up; another `of` begins at its end. */
export function useStickToEnd(content: unknown, of?: unknown): StickToEnd {
  const ref = useRef<HTMLDivElement>(null)
  const lastTop = useRef(0)
  const [isAtEnd, setIsAtEnd] = useState(true)

  useEffect(() => {
    const element = ref.current
    if (element && isAtEnd) element.scrollTop = element.scrollHeight
  }, [content, isAtEnd])

  // It may be filled while another view hides it, and it changes its height with the window.
  useEffect(() => {
    const element = ref.current
    if (!element || !isAtEnd) return undefined
    const observer = new ResizeObserver(() => {
      element.scrollTop = element.scrollHeight
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [isAtEnd])
  useEffect(() => setIsAtEnd(true), [of])

  const onScroll = useCallback(() => {
    const element = ref.current
    // A hidden one has no place.
    if (!element || element.clientHeight === 0) return
    const { scrollTop, scrollHeight, clientHeight } = element
    // Content that grew since the last scroll is no reason to stay behind; only moving up is.
    if (scrollHeight - scrollTop - clientHeight < 32) setIsAtEnd(true)
    else if (scrollTop < lastTop.current) setIsAtEnd(false)
    lastTop.current = scrollTop
  }, [])
  const toEnd = useCallback(() => setIsAtEnd(true), [])
  return { ref, isAtEnd, onScroll, toEnd }
}
