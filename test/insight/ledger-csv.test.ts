import { describe, expect, it } from 'vitest';
import { isRecobroError, type RecobroError } from '../../src/errors.js';
import {
  parseLedgerMapping,
  type ReadLedgerOptions,
  readLedger,
  readLedgerMappingFile,
} from '../../src/insight/ledger-csv/index.js';
import { parseFacts } from '../../src/schema/facts.js';

/** Problems of the error that reading throws, as `code path`. */
function problemsOf(read: () => unknown): readonly string[] {
  return errorOf(read).problems.map((one) => `${one.code} ${one.path}`.trim());
}

function errorOf(read: () => unknown): RecobroError {
  try {
    read();
  } catch (error) {
    if (isRecobroError(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const csv = (...lines: string[]): string => `${lines.join('\n')}\n`;
const usd: ReadLedgerOptions = { currency: 'USD' };

describe('a ledger file', () => {
  it('gives accounts, invoices, payments and disputes, ready for sync', () => {
    const { ledger, mapping, problems } = readLedger(
      csv(
        'customerID,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate',
        '0379-NEVHP,0611365,1/2/2013,2/1/2013,55.94,No,1/15/2013',
        '0379-NEVHP,7900770999,1/26/2013,2/25/2013,61.7,Yes,',
      ),
      usd,
    );
    expect(problems).toEqual([]);
    expect(mapping).toEqual({
      account: 'customerID',
      number: 'invoiceNumber',
      issued: 'InvoiceDate',
      due: 'DueDate',
      amount: 'InvoiceAmount',
      disputed: 'Disputed',
      paid: 'SettledDate',
    });
    expect(ledger).toEqual({
      accounts: [{ id: '0379-NEVHP', name: '0379-NEVHP' }],
      invoices: [
        {
          id: '0611365',
          account: '0379-NEVHP',
          total: { minor: 5594, currency: 'USD' },
          issued: '2013-01-02',
          due: '2013-02-01',
        },
        {
          id: '7900770999',
          account: '0379-NEVHP',
          total: { minor: 6170, currency: 'USD' },
          issued: '2013-01-26',
          due: '2013-02-25',
        },
      ],
      payments: [
        {
          id: 'row-2',
          account: '0379-NEVHP',
          invoice: '0611365',
          amount: { minor: 5594, currency: 'USD' },
          date: '2013-01-15',
        },
      ],
      credits: [],
      disputes: [
        {
          id: 'row-3',
          account: '0379-NEVHP',
          invoice: '7900770999',
          reason: 'disputed',
          author: 'ledger',
          opened: '2013-01-26',
        },
      ],
    });
    expect(parseFacts(ledger, { now: 0 }).size).toBe(1);
  });

  it('is understood in Spanish as a spreadsheet writes it: semicolons, commas, windows-1252', () => {
    const text = csv(
      'Nº Factura;Código cliente;Razón social;Fecha de emisión;Vencimiento;Importe total;Saldo pendiente;Moneda;En disputa;Correo electrónico;Teléfono;País;Observación',
      'F-001;C1;Peñón S.A.;05/02/2026;13/03/2026;1.234,56;1.000,00;mxn;Sí;pagos@penon.example;+52 55 1234-5678;mx;"una; dos"',
      'F-002;C1;Peñón S.A.;05/02/2026;05/03/2026;350,00;;MXN;no;;;MX;',
    );
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
    const { ledger, detected } = readLedger(bytes, { attributes: true });
    expect(detected).toMatchObject({
      encoding: 'windows-1252',
      delimiter: ';',
      decimal: ',',
      dateFormats: { 'Fecha de emisión': 'd/m/y', Vencimiento: 'd/m/y' },
      unused: ['Observación'],
    });
    expect(detected.notes.map((note) => note.code)).toEqual(['encoding', 'date_format_found']);
    expect(ledger.accounts).toEqual([
      {
        id: 'C1',
        name: 'Peñón S.A.',
        country: 'MX',
        contacts: [{ id: '1', email: 'pagos@penon.example', phone: '+525512345678' }],
      },
    ]);
    expect(ledger.invoices).toMatchObject([
      {
        id: 'F-001',
        issued: '2026-02-05',
        due: '2026-03-13',
        total: { minor: 123456, currency: 'MXN' },
        balance: { minor: 100000, currency: 'MXN', asOf: Date.UTC(2026, 1, 5) },
        contact: '1',
        attributes: { Observación: 'una; dos' },
      },
      { id: 'F-002', total: { minor: 35000 } },
    ]);
    expect(ledger.invoices[1]).not.toHaveProperty('balance');
    expect(ledger.disputes).toHaveLength(1);
    expect(() => parseFacts(ledger, { now: 0 })).not.toThrow();
  });

  it('is understood in Portuguese, and takes the name for the account', () => {
    const { mapping, ledger } = readLedger(
      csv(
        'Cliente\tNota Fiscal\tData de Emissão\tVencimento\tValor\tData de Pagamento\tCNPJ',
        'Padaria Sol\t123\t2026-01-05\t2026-02-04\tR$ 1.500,00\t2026-02-10\t11',
      ),
    );
    expect(mapping).toEqual({
      name: 'Cliente',
      number: 'Nota Fiscal',
      issued: 'Data de Emissão',
      due: 'Vencimento',
      amount: 'Valor',
      paid: 'Data de Pagamento',
    });
    expect(ledger.accounts).toEqual([{ id: 'Padaria Sol', name: 'Padaria Sol' }]);
    expect(ledger.invoices[0]).toMatchObject({ id: '123', total: { minor: 150000, currency: 'BRL' } });
    expect(ledger.payments[0]).toMatchObject({ date: '2026-02-10', amount: { minor: 150000 } });
  });

  it('may have a byte order mark, CR LF, empty lines, quoted line breaks and Excel’s first line', () => {
    const text =
      '\ufeffsep=;\r\nCliente;Factura;Fecha;Vence;Total\r\n\r\n"A;\r\nB";1;2026-01-02;2026-02-01;10\r\n;;;;\r\nC;2;2026-01-02;2026-02-30;10\r\n';
    const error = errorOf(() => readLedger(text, usd));
    expect(error.code).toBe('invalid_file');
    expect(error.problems).toMatchObject([
      { path: 'row 5, column "Vence"', code: 'invalid_date', row: 5, column: 'Vence' },
    ]);
    const { ledger, problems } = readLedger(text, { ...usd, keepGoing: true });
    expect(ledger.accounts.map((account) => account.id)).toEqual(['A; B']);
    expect(problems).toHaveLength(1);
  });

  it('takes columns as told, by header, place or not at all', () => {
    const text = csv('a,b,c,d,e,email', 'X,1,2026-01-01,2026-02-01,5,nobody');
    const mapping = parseLedgerMapping('account=a,number=#2,issued=C,due="d",amount=e,email=');
    const { ledger } = readLedger(text, { ...usd, mapping });
    expect(ledger.invoices).toMatchObject([{ id: '1', account: 'X', total: { minor: 500 } }]);
    expect(problemsOf(() => readLedger(text, { ...usd, mapping: { ...mapping, due: 'dew' } }))).toEqual([
      'unknown_column due',
      'missing_column due',
    ]);
  });

  it('says which columns are missing and how to name them', () => {
    const error = errorOf(() => readLedger(csv('x,y', '1,2')));
    expect(error.problems.map((one) => one.path)).toEqual([
      'account',
      'number',
      'amount',
      'due',
      'issued',
      'currency',
    ]);
    expect(error.message).toContain('--map due=');
    expect(error.message).toContain('columns: "x", "y"');
  });

  it('works out due or issue dates from payment terms', () => {
    const { ledger } = readLedger(csv('client,invoice,due date,amount', 'A,1,2026-03-03,10'), {
      ...usd,
      terms: 30,
    });
    expect(ledger.invoices[0]).toMatchObject({ issued: '2026-02-01', due: '2026-03-03' });
  });

  it('does not take a column by its header alone', () => {
    const { mapping, detected } = readLedger(
      csv('client,invoice,date,due date,amount,countryCode,paid', 'A,1,2026-02-01,2026-03-03,10,391,no'),
      usd,
    );
    expect(mapping).not.toHaveProperty('country');
    expect(mapping).not.toHaveProperty('paid');
    expect(detected.notes.map((note) => note.code)).toEqual(['column_not_used', 'column_not_used']);
  });

  it('lists every bad row with number, column and reason', () => {
    const text = csv(
      'account,number,issued,due,amount,currency,disputed,email,phone',
      'A,1,2026-01-01,2026-02-01,10.00,USD,no,,',
      'A,1,2026-01-01,2026-02-01,10,USD,no,,',
      ',2,2026-01-01,2026-02-01,10,USD,no,,',
      'A,,2026-01-01,2026-02-01,10,USD,no,,',
      'A,3,2026-01-01,,10,USD,no,,',
      'A,4,2026-01-01,2026-02-31,10,USD,no,,',
      'A,5,2026-01-01,2026-02-01,10.005,USD,no,,',
      'A,6,2026-01-01,2026-02-01,ten,USD,no,,',
      'A,7,2026-01-01,2026-02-01,10,ZZZ,perhaps,,',
      'A,8,2026-01-01,2026-02-01,10,USD,no,a@b,',
      'A,9,2026-01-01,2026-02-01,10,USD,no,a@b.example,12345678',
      'A,10,2026-01-01,45321,10,USD,no,,',
      'A,11,2026-01-01,2026-02-01,10,USD,no,,,extra',
      'B,1,2026-01-01,2026-02-01,10,USD,no,,',
    );
    expect(problemsOf(() => readLedger(text))).toEqual([
      'duplicate_id row 3, column "number"',
      'missing row 4, column "account"',
      'missing row 5, column "number"',
      'missing row 6, column "due"',
      'invalid_date row 7, column "due"',
      'invalid_amount row 8, column "amount"',
      'invalid_amount row 9, column "amount"',
      'invalid_value row 10, column "disputed"',
      'unknown_currency row 10, column "currency"',
      'invalid_address row 11, column "email"',
      'invalid_address row 12, column "phone"',
      'invalid_date row 13, column "due"',
      'invalid_format row 14',
    ]);
    const { ledger, detected } = readLedger(text, { keepGoing: true });
    expect(ledger.invoices.map((one) => `${one.account} ${one.id}`)).toEqual(['A 1', 'B 1']);
    expect(detected.rows).toBe(14);
  });

  it('tells the row of a quote that is never closed', () => {
    const text = csv('account,number,issued,due,amount', 'A,1,2026-01-01,2026-02-01,10', 'A,"2,x', 'A,3,,,');
    expect(problemsOf(() => readLedger(text, usd))).toEqual(['invalid_format row 3']);
  });

  it('has bounds', () => {
    const text = csv(
      'account,number,issued,due,amount',
      'A,1,2026-01-01,2026-02-01,10',
      'A,2,2026-01-01,2026-02-01,10',
    );
    expect(problemsOf(() => readLedger(text, { ...usd, limits: { rows: 1 } }))).toEqual(['too_large']);
    expect(problemsOf(() => readLedger(text, { ...usd, limits: { bytes: 20 } }))).toEqual(['too_large']);
    expect(problemsOf(() => readLedger('', usd))).toEqual(['missing']);
    expect(problemsOf(() => readLedger('account,number,issued,due,amount\n', usd))).toEqual(['missing']);
  });

  it('refuses options that mean nothing', () => {
    const options = { currency: 'XYZ', zone: 'Mars/Base', terms: 1.5, delimiter: '::' };
    expect(problemsOf(() => readLedger('a', options))).toEqual([
      'unknown_currency currency',
      'unknown_zone zone',
      'invalid_value terms',
      'invalid_value delimiter',
    ]);
    expect(problemsOf(() => readLedger('a', { ...usd, dateFormat: 'year' }))).toEqual([
      'invalid_value dateFormat',
    ]);
  });
});

describe('dates', () => {
  const ledger = (...dates: string[]): string =>
    csv('account,number,issued,due,amount', ...dates.map((date, at) => `A,${at},2026-01-01,${date},10`));
  const dues = (text: string, options: ReadLedgerOptions = usd): (string | undefined)[] =>
    readLedger(text, options).ledger.invoices.map((invoice) => invoice.due);

  it.each([
    ['2026-2-3', '2026-02-03'],
    ['2026/02/03', '2026-02-03'],
    ['20260203', '2026-02-03'],
    ['2026-02-03T00:00:00.000Z', '2026-02-03'],
    ['2026-02-03 14:30', '2026-02-03'],
    ['3-feb-26', '2026-02-03'],
    ['3 de agosto de 2026', '2026-08-03'],
    ['15-ene-2026', '2026-01-15'],
    ['02 fev 2026', '2026-02-02'],
    ['Feb 3, 2026', '2026-02-03'],
    ['3/3/2026', '2026-03-03'],
  ])('%s has one meaning', (text, iso) => {
    expect(dues(ledger(`"${text}"`))).toEqual([iso]);
  });

  it.each([
    ['/', '13/02/2026', 'd/m/y', ['2026-02-13', '2026-04-03']],
    ['-', '13-2-26', 'd/m/y', ['2026-02-13', '2026-04-03']],
    ['.', '13.02.2026', 'd/m/y', ['2026-02-13', '2026-04-03']],
    ['/', '2/13/2026', 'm/d/y', ['2026-02-13', '2026-03-04']],
  ])('with %s, one value that has one reading decides for all (%s)', (separator, proof, format, expected) => {
    const text = ledger(proof, ['3', '4', '2026'].join(separator));
    expect(dues(text)).toEqual(expected);
    const { detected } = readLedger(text, usd);
    expect(detected.dateFormats).toEqual({ due: format });
    expect(detected.notes).toMatchObject([{ code: 'date_format_found' }]);
    expect(detected.notes[0]?.message).toContain('row 2');
  });

  it('are refused while every value fits both readings, until the format is named', () => {
    const text = ledger('3/4/2026', '12/12/2026', '01/02/2026');
    const error = errorOf(() => readLedger(text, usd));
    expect(error.code).toBe('invalid_file');
    expect(error.problems).toMatchObject([{ code: 'ambiguous_dates', column: 'due' }]);
    expect(error.message).toContain('"3/4/2026" in row 2 is 2026-04-03 as d/m/y and 2026-03-04 as m/d/y');
    expect(error.message).toContain('--date-format d/m/y');
    expect(dues(text, { ...usd, dateFormat: 'd/m/y' })).toEqual(['2026-04-03', '2026-12-12', '2026-02-01']);
    expect(dues(text, { ...usd, dateFormat: 'MM-DD-YYYY' })).toEqual([
      '2026-03-04',
      '2026-12-12',
      '2026-01-02',
    ]);
  });

  it('of one column prove the format of the others, unless these prove another', () => {
    const text = csv(
      'account,number,issued,due,amount,paid',
      'A,1,1/2/2026,13/2/2026,10,3/4/2026',
      'A,2,1/2/2026,13/2/2026,10,',
    );
    expect(readLedger(text, usd).ledger.payments[0]?.date).toBe('2026-04-03');
    const contrary = text.replace('3/4/2026', '3/14/2026');
    expect(problemsOf(() => readLedger(contrary, usd))).toEqual(['ambiguous_dates column "issued"']);
  });

  it('of two formats in one column are refused, and then those that do not fit are listed', () => {
    const text = ledger('13/2/2026', '2/13/2026');
    expect(problemsOf(() => readLedger(text, usd))).toEqual(['mixed_dates column "due"']);
    const error = errorOf(() => readLedger(text, { ...usd, dateFormat: 'd/m/y' }));
    expect(error.problems).toMatchObject([{ row: 3, column: 'due', code: 'invalid_date' }]);
    expect(error.message).toContain('it would be one as m/d/y');
  });
});

describe('amounts', () => {
  const ledger = (...amounts: string[]): string =>
    csv(
      'account;number;issued;due;amount',
      ...amounts.map((one, at) => `A;${at};2026-01-01;2026-02-01;${one}`),
    );
  const minors = (text: string, options: ReadLedgerOptions = usd): (number | undefined)[] =>
    readLedger(text, options).ledger.invoices.map(({ total }) =>
      'minor' in total ? total.minor : undefined,
    );

  it('prove their decimal sign', () => {
    expect(minors(ledger('1.234,56', '1.250', '7', '0,5'))).toEqual([123456, 125000, 700, 50]);
    expect(minors(ledger('1,234.56', '1,250', '.5'))).toEqual([123456, 125000, 50]);
    expect(minors(ledger('1.234.567', '1.250'))).toEqual([123456700, 125000]);
    expect(minors(ledger('12,34,567.80', '1,250'))).toEqual([123456780, 125000]);
    expect(minors(ledger('0.250', '1.500'), { currency: 'KWD' })).toEqual([250, 1500]);
    expect(minors(ledger('1 234,50', '1’250,5', 'USD 10,00', '$ 3,00', '12,50'))).toEqual([
      123450, 125050, 1000, 300, 1250,
    ]);
  });

  it('are refused while every separator may be both', () => {
    const text = ledger('1.250', '350.000');
    const error = errorOf(() => readLedger(text, { currency: 'COP' }));
    expect(error.problems).toMatchObject([{ code: 'ambiguous_amounts', column: 'amount' }]);
    expect(error.message).not.toContain('1.250');
    expect(minors(text, { currency: 'COP', decimal: ',' })).toEqual([125000, 35000000]);
  });

  it('of two forms are refused, and then those that do not fit are listed', () => {
    const text = ledger('1.234,56', '1,234.56');
    expect(problemsOf(() => readLedger(text, usd))).toEqual(['mixed_amounts']);
    expect(problemsOf(() => readLedger(text, { ...usd, decimal: '.' }))).toEqual([
      'invalid_amount row 2, column "amount"',
    ]);
  });

  it('keep to the decimals of their currency; only zeros may be more', () => {
    expect(minors(ledger('1250.0000', '10.5000'))).toEqual([125000, 1050]);
    expect(minors(ledger('1250.00'), { currency: 'CLP' })).toEqual([1250]);
    expect(problemsOf(() => readLedger(ledger('10.505'), { currency: 'CLP', decimal: '.' }))).toEqual([
      'invalid_amount row 2, column "amount"',
    ]);
    expect(minors(ledger('90071992547409.91'))).toEqual([9007199254740991]);
    expect(problemsOf(() => readLedger(ledger('90071992547409.92'), usd))).toEqual([
      'invalid_amount row 2, column "amount"',
    ]);
  });

  it('below zero are credit notes', () => {
    const { ledger: read, detected } = readLedger(ledger('-10.00', '(2.50)', '3.00-', '4.00'), usd);
    expect(read.invoices).toHaveLength(1);
    expect(read.credits).toMatchObject([
      { id: '0', amount: { minor: 1000 } },
      { id: '1', amount: { minor: 250 } },
      { id: '2', amount: { minor: 300 } },
    ]);
    expect(detected.notes).toMatchObject([{ code: 'credit_notes' }]);
    expect(() => parseFacts(read, { now: 0 })).not.toThrow();
  });

  it('and balances tell what is open, and what a payment was', () => {
    const text = csv(
      'account,number,issued,due,amount,balance,paid',
      'A,1,2026-01-01,2026-02-01,100,40,2026-02-10',
      'A,2,2026-01-01,2026-02-01,100,40,',
      'A,3,2026-01-01,2026-02-01,100,0,',
      'A,4,2026-01-01,2026-02-01,100,100,2026-02-10',
      'A,5,2026-01-01,2026-02-01,100,,2026-02-10',
    );
    const { ledger: read, detected } = readLedger(text, usd);
    expect(read.payments).toMatchObject([
      { invoice: '1', amount: { minor: 6000 } },
      { invoice: '5', amount: { minor: 10000 } },
    ]);
    expect(read.invoices.map((one) => one.balance !== undefined)).toEqual([false, true, true, false, false]);
    expect(detected.notes.map((note) => note.code)).toEqual(['settled_without_date', 'date_without_payment']);
  });
});

describe('ids', () => {
  it('stay text, and numbers keep signs that ids may not have', () => {
    const { ledger } = readLedger(
      csv('account,number,issued,due,amount', '007,INV#0001,2026-01-01,2026-02-01,1'),
      usd,
    );
    expect(ledger.invoices[0]).toMatchObject({ id: 'INV%230001', number: 'INV#0001', account: '007' });
  });
});

describe('a mapping', () => {
  it('is written in one line', () => {
    expect(parseLedgerMapping('due=DueDate, total="Importe, neto",settled=Paid')).toEqual({
      due: 'DueDate',
      amount: 'Importe, neto',
      paid: 'Paid',
    });
    expect(problemsOf(() => parseLedgerMapping('dew=x,due,due=a,due=b'))).toEqual([
      'invalid_format map',
      'unknown_key map.dew',
      'duplicate_entry map.due',
    ]);
  });

  it('or in a file, with how to read it', () => {
    expect(readLedgerMappingFile('{"due":"DueDate"}')).toEqual({ mapping: { due: 'DueDate' } });
    expect(
      readLedgerMappingFile('{"columns":{"due":"DueDate"},"dateFormat":"m/d/y","currency":"USD","terms":30}'),
    ).toEqual({ mapping: { due: 'DueDate' }, dateFormat: 'm/d/y', currency: 'USD', terms: 30 });
    expect(errorOf(() => readLedgerMappingFile('{'))).toMatchObject({ code: 'invalid_file' });
    expect(problemsOf(() => readLedgerMappingFile('[]'))).toEqual(['invalid_type']);
    expect(
      problemsOf(() => readLedgerMappingFile('{"columns":{"due":3},"dateformat":"x","decimal":";"}')),
    ).toEqual(['invalid_type columns.due', 'unknown_key dateformat', 'invalid_value decimal']);
  });
});
