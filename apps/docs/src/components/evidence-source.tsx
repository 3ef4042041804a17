import type { ReactNode } from 'react'
import type { Source } from '../compare/cells.ts'

/** A source with its day and how sure it is; an address is a link. */
export function EvidenceSource({ evidence }: { readonly evidence: Source }): ReactNode {
  const { source, date, confidence } = evidence
  const [, address, rest = ''] = /^(https:\/\/[^\s,]+)(.*)$/s.exec(source) ?? []
  return (
    <>
      {address === undefined ? (
        source
      ) : (
        <>
          <a href={address}>{address.slice('https://'.length)}</a>
          {rest}
        </>
      )}
      , <time dateTime={date}>{date}</time>, {confidence}
    </>
  )
}
