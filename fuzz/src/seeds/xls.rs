//! The old binary workbook, byte by byte: no library writes it.

/// A compound file of 512-byte sectors: table, directory, and a stream of 4096 bytes with a sheet.
pub fn workbook() -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        let length = u16::try_from(data.len()).unwrap_or(0);
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    };
    let begin = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0xBB, 0x0D, 0xCC, 0x07, 0, 0, 0, 0, 6, 0, 0, 0]);
    let mut book = begin(5);
    let sheet_at = u32::try_from(book.len() + 4 + 6 + 2 + 2 + 4).unwrap_or(0);
    let mut bound = sheet_at.to_le_bytes().to_vec();
    bound.extend([0, 0, 2, 0, b'a', b'b']);
    book.extend(record(0x0085, &bound));
    book.extend(record(0x000A, &[]));
    book.extend(begin(0x10));
    book.extend(record(0x0200, &[0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 2, 0, 0, 0]));
    let mut number = vec![0, 0, 1, 0, 0, 0];
    number.extend(921.96f64.to_le_bytes());
    book.extend(record(0x0203, &number));
    book.extend(record(0x0204, &[1, 0, 0, 0, 0, 0, 2, 0, 0, b'x', b'y']));
    book.extend(record(0x00E5, &[1, 0, 0, 0, 1, 0, 0, 0, 1, 0]));
    book.extend(record(0x000A, &[]));
    book.resize(4096, 0);

    let mut file = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    file.resize(24, 0);
    file.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    file.resize(44, 0);
    // One table sector, the directory in sector 1, small streams in none.
    for number in [1u32, 1, 0, 4096, 0xFFFF_FFFE, 0, 0xFFFF_FFFE, 0, 0] {
        file.extend(number.to_le_bytes());
    }
    file.resize(512, 0xFF);
    let mut table = vec![0xFFFF_FFFDu32, 0xFFFF_FFFE];
    table.extend(3..10);
    table.push(0xFFFF_FFFE);
    table.resize(128, 0xFFFF_FFFF);
    file.extend(table.iter().flat_map(|number| number.to_le_bytes()));
    for (name, kind, child, start, size) in
        [("Root Entry", 5u8, 1u32, 0xFFFF_FFFEu32, 0u32), ("Workbook", 2, 0xFFFF_FFFF, 2, 4096)]
    {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(entry.len() + 2).unwrap_or(0);
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        for link in [0xFFFF_FFFF, 0xFFFF_FFFF, child] {
            entry.extend(link.to_le_bytes());
        }
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend(size.to_le_bytes());
        entry.resize(128, 0);
        file.extend(entry);
    }
    file.resize(512 * 3, 0);
    file.extend(book);
    file
}
