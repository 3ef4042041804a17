/** Style of the readable export: one column, light and dark, fit for print. */
export const pageStyle = `
:root { color-scheme: light dark; --line: light-dark(#d5dae1, #3a4048); --quiet: light-dark(#59636e, #9aa4ae);
  --user: light-dark(#e8f0fd, #1c2b44); --assistant: light-dark(#f4f5f7, #22262c) }
body { margin: 0; font: 1rem/1.55 system-ui, sans-serif; background: light-dark(#fff, #15181c);
  color: light-dark(#15181c, #e8eaed) }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem 4rem }
h1 { margin: 0; font-size: 1.5rem } h2 { margin: 0; font-size: 1rem }
header p { margin: .2rem 0; color: var(--quiet); font-size: .9rem; overflow-wrap: anywhere } header time { font-size: inherit }
ol { list-style: none; margin: 1.5rem 0 0; padding: 0 }
li { margin: .75rem 0; padding: .6rem .9rem; border: 1px solid var(--line); border-radius: .6rem }
li.user { background: var(--user); margin-left: 12% }
li.assistant { background: var(--assistant); margin-right: 12% }
li.event { border: 0; padding: 0; text-align: center; color: var(--quiet); font-size: .85rem }
.who { margin: 0; font-weight: 600; font-size: .9rem }
time { font-weight: 400; font-size: .8rem; color: var(--quiet); white-space: nowrap }
.words { margin: .25rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere }
s { color: var(--quiet) }
.aside { margin: 1rem 0; padding: .6rem .9rem; border-left: 3px solid var(--line) }
.aside p { margin: .25rem 0; white-space: pre-wrap; overflow-wrap: anywhere }
pre { margin: .4rem 0 0; overflow-x: auto; font-size: .85rem; white-space: pre-wrap; overflow-wrap: anywhere }
audio { display: block; width: 100%; margin-top: .5rem }
img { max-width: 100%; border-radius: .4rem }
@media print { :root { color-scheme: light } main { max-width: none; padding: 0 } audio { display: none }
  li { break-inside: avoid } }
`
