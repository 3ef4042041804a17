import type { Metadata } from 'next'
import { cookies, headers } from 'next/headers'
import type { ViewName } from '../shell/views.ts'
import { messages, parsePageLanguage, preferredLanguage, type PageLanguage } from './messages.ts'
import { parseTheme, type Theme } from './theme.ts'

/** Language and appearance of a request: what the person chose, else what the browser asks for. */
export async function requestPreferences(): Promise<{
  readonly language: PageLanguage
  readonly theme: Theme
}> {
  const [cookieStore, headerStore] = await Promise.all([cookies(), headers()])
  const language =
    parsePageLanguage(cookieStore.get('parley-language')?.value) ??
    preferredLanguage(headerStore.get('accept-language'))
  return { language, theme: parseTheme(cookieStore.get('parley-theme')?.value) }
}

/** Title of a view in the language of the request. */
export async function viewMetadata(view: ViewName): Promise<Metadata> {
  const { language } = await requestPreferences()
  const { shell, tagline } = messages[language]
  return { title: shell.titles[view], description: tagline }
}
