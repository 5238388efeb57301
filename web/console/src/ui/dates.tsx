import { useLanguage } from '../i18n/language'
import { addDays, formatDate, formatInstant } from './format'
import classes from './values.module.css'

const nothing = <span className={classes.nothing}>–</span>

// A civil date: the same day for everybody.
export function DateText({ value }: { value: string | null | undefined }) {
  const { locale } = useLanguage()
  if (!value) return nothing
  return (
    <time dateTime={value} className={classes.date}>
      {formatDate(value, locale)}
    </time>
  )
}

// A moment, by the viewer's clock.
export function InstantText({ value }: { value: string | null | undefined }) {
  const { locale } = useLanguage()
  if (!value) return nothing
  return (
    <time dateTime={value} title={value} className={classes.date}>
      {formatInstant(value, locale)}
    </time>
  )
}

// A period as people read it, with its last day, where the API's `to` is the day after.
export function PeriodText({ from, to }: { from: string | null; to: string | null }) {
  const { locale } = useLanguage()
  if (!from) return nothing
  if (!to) return <DateText value={from} />
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return (
    <span className={classes.date}>{format.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${addDays(to, -1)}T00:00:00Z`))}</span>
  )
}
