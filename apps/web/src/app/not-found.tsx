import type { Metadata } from 'next'
import type { JSX } from 'react'
import { messages } from '../i18n/messages.ts'
import { requestPreferences } from '../i18n/request-preferences.ts'
import { NotFoundView } from '../shell/not-found-view.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await requestPreferences()
  return { title: messages[language].shell.notFound.window }
}

/** What an unknown address shows. */
export default function NotFound(): JSX.Element {
  return <NotFoundView />
}
