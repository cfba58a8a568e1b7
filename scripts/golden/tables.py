"""Writes packages/data-loaders/testdata/tables.json: small Parquet and Arrow files, and the values that PyArrow reads from them.

Run with PyArrow 26: python scripts/golden/tables.py
"""
import base64, datetime, io, json
from pathlib import Path
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq

day = datetime.datetime(2026, 12, 1, tzinfo=datetime.timezone.utc)
table = pa.table({
    'small': pa.array([1, -2, 3, 4, 5], pa.int32()),
    'large': pa.array([1, None, 2**40, 4, 5], pa.int64()),
    'real': pa.array([0.5, 1.25, None, -2.0, 1e300], pa.float64()),
    'single': pa.array([0.5, 1.25, 2.0, float('nan'), 8.0], pa.float32()),
    'text': pa.array(['a', 'ü', None, '', 'a'], pa.string()),
    'flag': pa.array([True, False, None, True, True], pa.bool_()),
    'time': pa.array([day, None, day, day, day], pa.timestamp('ms', 'UTC')),
    'kind': pa.array(['x', 'y', 'x', 'y', 'z']).dictionary_encode(),
})


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec='milliseconds').replace('+00:00', 'Z')
    return 'NaN' if value != value else value


def written(write):
    file = io.BytesIO()
    write(file)
    return base64.b64encode(file.getvalue()).decode()


def ipc(make):
    def write(file):
        with make(file, table.schema) as writer:
            writer.write_table(table, max_chunksize=3)
    return write


files = {
    f'{name}.parquet': written(lambda file: pq.write_table(table, file, compression=name, row_group_size=3, data_page_version=page))
    for name, page in [('none', '1.0'), ('snappy', '1.0'), ('gzip', '2.0'), ('zstd', '2.0'), ('brotli', '1.0'), ('lz4', '1.0')]
}
files['nested.parquet'] = written(lambda file: pq.write_table(pa.table({'a': [1], 'list': [[1, 2]]}), file))
files['empty.parquet'] = written(lambda file: pq.write_table(pa.table({'a': pa.array([], pa.int32())}), file))
files['stream.arrow'] = written(ipc(pa.ipc.new_stream))
files['file.arrow'] = written(ipc(pa.ipc.new_file))
files['plain.feather'] = written(lambda file: feather.write_feather(table, file, compression='uncompressed'))
values = {name: [plain(value) for value in table[name].to_pylist()] for name in table.column_names}
path = Path(__file__).resolve().parents[2] / 'packages/data-loaders/testdata/tables.json'
path.write_text(json.dumps({'pyarrow': pa.__version__, 'values': values, 'files': files}, indent=1) + '\n')
