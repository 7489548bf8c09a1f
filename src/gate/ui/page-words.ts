// What the menu's pages and the cards say, and all that words.ts says. Loaded with them: the scan screen does not wait for it.
import start from '../locales/en.json?start'
import page from '../locales/en.json?page'
import { speaker } from './words.ts'

export const say = speaker({ ...start, ...page })
