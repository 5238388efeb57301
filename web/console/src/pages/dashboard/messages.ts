import { catalogue } from '../../i18n/catalogue'

export const useDashboardText = catalogue({
  en: {
    title: 'Dashboard', today: 'Today, {date}', work: 'Waiting for somebody', latest: 'Latest', billing: 'Billing',
    parked: 'Parked accounts', steps: 'Collection steps due today', lines: 'Unmatched bank lines', payouts: 'Open payouts', shifts: 'Open cash shifts', cheques: 'Cheques not cleared yet', overdue: 'Overdue documents',
    more: '{count} or more', failed: 'not available', last_run: 'Last bill run', last_dry: 'Last dry run', through: 'through {date}', none_yet: 'none yet', next_run: 'Next by itself',
    off: 'off', schedule: 'Schedule', bill_runs: 'Bill runs', billed_through: 'Billed through', forecast: 'Forecast', forecast_hint: 'A dry run through the end of next month says what would be billed. It stores nothing.', working: 'Working it out…',
    forecast_through: 'Would be billed through {date}', invoices: { one: '{count} invoice', other: '{count} invoices' }, payments: 'Latest payments', documents: 'Latest documents', all: 'All', no_payments: 'No payment has come in yet.', no_documents: 'Nothing has been billed yet.',
    months: 'Revenue and cash by month', month: 'Month', net: 'Revenue, net', cash: 'Cash', came_in: 'Came in', went_out: 'Went out', started: 'Started', cancelled: 'Cancelled',
    debts: 'Receivables by age', debts_as_of: 'What is open on {date}, by the days since it was due.', age: 'Overdue', count: 'Documents', open: 'Open', together: 'Together', not_due: 'not due yet', days: '{from}–{to} days', days_and_more: '{from} days and more',
  },
  es: {
    title: 'Panel', today: 'Hoy, {date}', work: 'Espera a alguien', latest: 'Lo último', billing: 'Facturación',
    parked: 'Cuentas apartadas', steps: 'Pasos de cobranza para hoy', lines: 'Líneas bancarias sin asignar', payouts: 'Devoluciones pendientes', shifts: 'Turnos de caja abiertos', cheques: 'Cheques por cobrar', overdue: 'Documentos vencidos',
    more: '{count} o más', failed: 'no disponible', last_run: 'Último ciclo', last_dry: 'Último ensayo', through: 'hasta el {date}', none_yet: 'aún ninguno', next_run: 'El próximo automático',
    off: 'desactivado', schedule: 'Programación', bill_runs: 'Ciclos de facturación', billed_through: 'Facturado hasta', forecast: 'Previsión', forecast_hint: 'Un ensayo hasta el final del mes que viene dice lo que se facturaría. No guarda nada.', working: 'Calculando…',
    forecast_through: 'Se facturaría hasta el {date}', invoices: { one: '{count} factura', other: '{count} facturas' }, payments: 'Últimos pagos', documents: 'Últimos documentos', all: 'Todos', no_payments: 'Aún no ha entrado ningún pago.', no_documents: 'Aún no se ha facturado nada.',
    months: 'Ingresos y caja por mes', month: 'Mes', net: 'Ingresos, netos', cash: 'Caja', came_in: 'Entró', went_out: 'Salió', started: 'Altas', cancelled: 'Bajas',
    debts: 'Deudas por antigüedad', debts_as_of: 'Lo pendiente el {date}, por los días desde su vencimiento.', age: 'Vencido', count: 'Documentos', open: 'Pendiente', together: 'En total', not_due: 'aún no vencido', days: '{from}–{to} días', days_and_more: '{from} días y más',
  },
})
