import type { ReactNode } from 'react'
import { DataTable } from '../../../../components/data-table.tsx'
import { Code } from '../../../../components/code.tsx'
import { errorMeanings } from '../../../../facts/errors.ts'
import { reference } from '../../../../reference/read-reference.ts'
import { SectionPage } from '../../../../site/section-page.tsx'
import { pageMetadata } from '../../../../site/shell.tsx'

const lead =
  'One closed set of codes, the same in an answer over HTTP, in an error event and in the reason of a closed socket.'

export const metadata = pageMetadata({
  path: '/reference/errors/',
  language: 'en',
  title: 'Errors',
  description: lead,
})

const example = `{
  "error": {
    "type": "invalid_request_error",
    "code": "unsupported",
    "message": "This backend has no MCP servers.",
    "param": "session.tools"
  }
}`

export default function Page(): ReactNode {
  return (
    <SectionPage
      language="en"
      path="/reference/errors/"
      title="Errors"
      lead={lead}
      wide
      sections={[
        {
          id: 'shape',
          title: 'Shape',
          body: (
            <>
              <Code>{example}</Code>
              <p>
                An <code>error</code> event of a session has the same object, with <code>event_id</code> of
                the client event it answers, and the session goes on. Only a broken connection or a shut-down
                ends it, with the close code below.
              </p>
            </>
          ),
        },
        {
          id: 'codes',
          title: 'Codes',
          body: (
            <DataTable
              label="Error codes"
              compact
              heads={['Code', 'When', 'HTTP', 'Close', 'Try again', 'Type']}
              rows={reference.errors.map(({ code, type, status, closeCode, retryable }) => ({
                id: code,
                cells: [
                  // Who looks for a code wants this page.
                  <code key="code" id={code} data-pagefind-weight="10">
                    {code}
                  </code>,
                  errorMeanings[code] ?? '',
                  status,
                  closeCode,
                  retryable ? 'Yes' : 'No',
                  type,
                ],
              }))}
            />
          ),
        },
      ]}
    />
  )
}
