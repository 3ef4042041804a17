import type { ReactNode } from 'react'

/** Code as it is typed; long lines scroll. */
export function Code({ children }: { readonly children: string }): ReactNode {
  return (
    <pre tabIndex={0}>
      <code>{children.trim()}</code>
    </pre>
  )
}

/** Text with `marked` words as code. */
export function WithCode({ text }: { readonly text: string }): ReactNode {
  return text
    .split('`')
    .map((part, place) =>
      place % 2 === 1 ? <code key={place}>{part}</code> : <span key={place}>{part}</span>,
    )
}
