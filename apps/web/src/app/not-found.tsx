import type { JSX } from 'react'
import { NotFoundView } from '../shell/not-found-view.tsx'

/** What an unknown address shows. */
export default function NotFound(): JSX.Element {
  return <NotFoundView />
}
