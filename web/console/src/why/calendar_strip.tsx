import { useLanguage } from '../i18n/language'
import { addDays, daysBetween, formatDate } from '../ui/format'
import { daysIn, weeksIn } from './calendar_days'
import { useWhyText } from './messages'
import type { Span } from './steps'
import classes from './why.module.css'

const most_days = 62

const last_day_with_room = 28

// At the first day of a month; and at the beginning, unless the next month's name would be upon it.
const namesMonth = (date: string, i: number) => date.endsWith('-01') || (i === 0 && Number(date.slice(8)) <= last_day_with_room)

// The days of the full period, those that are charged filled.
export function CalendarStrip({ full, charged }: { full: Span; charged: Span }) {
  const t = useWhyText()
  const { locale } = useLanguage()
  const isShort = daysBetween(full.from, full.to) <= most_days
  const cells = isShort ? daysIn(full, charged) : weeksIn(full, charged)
  const month = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' })
  const label = t('strip', {
    days: daysBetween(charged.from, charged.to),
    of: daysBetween(full.from, full.to),
    from: formatDate(charged.from, locale),
    to: formatDate(addDays(charged.to, -1), locale),
  })
  return (
    <div className={classes.strip} role="img" aria-label={label}>
      {cells.map(({ date, isCharged }, i) => (
        <span key={date} className={classes.day} data-charged={isCharged || undefined} title={formatDate(date, locale)}>
          <i>{namesMonth(date, i) ? month.format(new Date(`${date}T00:00:00Z`)) : ''}</i>
          {isShort ? Number(date.slice(8)) : ''}
        </span>
      ))}
    </div>
  )
}
