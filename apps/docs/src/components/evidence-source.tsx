import type { ReactNode } from 'react'
import type { Source } from '../compare/cells.ts'
import type { Language, Words } from '../site/language.ts'

const confidences: Readonly<Record<string, Words>> = {
  documented: { en: 'documented', de: 'dokumentiert' },
  measured: { en: 'measured', de: 'gemessen' },
  'third-party': { en: 'third party', de: 'von Dritten' },
  assumed: { en: 'assumed', de: 'angenommen' },
}

/** A source with its day and how sure it is; an address is a link. */
export function EvidenceSource(props: { readonly evidence: Source; readonly language: Language }): ReactNode {
  const { source, date, confidence } = props.evidence
  const [, address, rest = ''] = /^(https:\/\/[^\s,]*[^\s,:])(.*)$/s.exec(source) ?? []
  return (
    <>
      <span lang={props.language === 'en' ? undefined : 'en'}>
        {address === undefined ? (
          source
        ) : (
          <>
            <a href={address}>{address.slice('https://'.length)}</a>
            {rest}
          </>
        )}
      </span>
      , <time dateTime={date}>{date}</time>, {confidences[confidence]?.[props.language] ?? confidence}
    </>
  )
}
