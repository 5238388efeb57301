import { catalogue } from '../../i18n/catalogue'

export const useImportText = catalogue({
  en: {
    title: 'Import an operator', about: 'Takes over an operator from another system: its settings and catalogue as YAML, its subscribers, units and services as CSV with a line of headings. When a row is wrong, nothing is imported, unless you say otherwise; all that is wrong is listed here.', operator: 'Operator, policies and catalogue (YAML)', subscribers: 'Subscribers (CSV)', units: 'Units (CSV)', sub_services: 'Services (CSV)', as_of: 'As of', as_of_hint: 'From this day on Sluice bills.', partial: 'Import the good rows, and list the bad ones', start: 'Import', only_platform: 'Only an owner of the platform imports operators.',
    progress: 'Reading {file}: {rows} rows', finished: 'Operator {operator} is imported', counts: '{subscribers} subscribers, {units} units, {sub_services} services, {items} items; {rejected} rows left out.', failed: 'Nothing was imported', problems: { one: '{count} problem', other: '{count} problems' }, first: 'The first {count} are shown.', file: 'File', line: 'Row', column: 'Column', message: 'What is wrong', queued: 'Waits for its turn.', reload: 'Show the new operator',
  },
  es: {
    title: 'Importar un operador', about: 'Trae un operador de otro sistema: sus ajustes y catálogo como YAML; sus abonados, unidades y servicios como CSV con una línea de títulos. Si una fila está mal no se importa nada, salvo que diga otra cosa; todo lo que está mal aparece aquí.', operator: 'Operador, políticas y catálogo (YAML)', subscribers: 'Abonados (CSV)', units: 'Unidades (CSV)', sub_services: 'Servicios (CSV)', as_of: 'Con fecha de', as_of_hint: 'Desde este día factura Sluice.', partial: 'Importar las filas buenas y listar las malas', start: 'Importar', only_platform: 'Solo un propietario de la plataforma importa operadores.',
    progress: 'Leyendo {file}: {rows} filas', finished: 'El operador {operator} está importado', counts: '{subscribers} abonados, {units} unidades, {sub_services} servicios, {items} elementos; {rejected} filas omitidas.', failed: 'No se ha importado nada', problems: { one: '{count} problema', other: '{count} problemas' }, first: 'Se muestran los primeros {count}.', file: 'Archivo', line: 'Fila', column: 'Columna', message: 'Qué está mal', queued: 'Espera su turno.', reload: 'Mostrar el operador nuevo',
  },
})
