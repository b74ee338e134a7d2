"""What is uploaded is looked at, not believed; what is kept is the picture and nothing else."""

import io
import struct
import zlib

import pytest
from PIL import Image

from core import pictures


@pytest.fixture(autouse=True)
def kept(files, in_acme):
    return files / in_acme.schema_name / "pictures"


def picture(form="PNG", size=(600, 400), mode="RGB", colour="red", **options):
    made = io.BytesIO()
    Image.new(mode, size, colour).save(made, form, **options)
    return made.getvalue()


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_face_is_kept_square_in_three_sizes(form):
    name = pictures.keep_face(picture(form))
    for side in (32, 64, 256):
        kept = opened(pictures.load(f"{name}-{side}.webp"))
        assert (kept.format, kept.size) == ("WEBP", (side, side))


def test_a_logo_keeps_its_shape_and_is_not_made_larger():
    assert opened(pictures.load(f"{pictures.keep_logo(picture(size=(2000, 200)))}-logo.webp")).size == (
        512,
        51,
    )
    assert opened(pictures.load(f"{pictures.keep_logo(picture(size=(100, 50)))}-logo.webp")).size == (100, 50)


def test_nothing_that_was_said_beside_the_picture_is_kept(kept):
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    exif.get_ifd(0x8825)[2] = (30.0, 15.0, 0.0)
    upload = picture("JPEG", exif=exif, icc_profile=b"secret profile" * 20, comment=b"secret words")
    assert b"Secret camera" in upload
    pictures.keep_face(upload)
    for file in kept.iterdir():
        content = file.read_bytes()
        assert b"ecret" not in content
        assert not {b"EXIF", b"ICCP", b"XMP "} & {content[at : at + 4] for at in range(len(content))}


def test_a_photograph_lying_on_its_side_is_put_upright():
    upright = Image.new("RGB", (100, 50), "red")
    upright.paste("blue", (50, 0, 100, 50))
    exif = Image.Exif()
    exif[0x0112] = 6
    made = io.BytesIO()
    upright.save(made, "PNG", exif=exif)
    kept = opened(pictures.load(f"{pictures.keep_logo(made.getvalue())}-logo.webp"))
    assert kept.size == (50, 100)


def test_of_an_animation_the_first_picture_is_kept():
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    made = io.BytesIO()
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:])
    kept = opened(pictures.load(f"{pictures.keep_face(made.getvalue())}-64.webp"))
    assert getattr(kept, "n_frames", 1) == 1
    red, _, blue = kept.convert("RGB").getpixel((32, 32))
    assert red > 200 > 50 > blue


def test_what_shines_through_goes_on_doing_so():
    name = pictures.keep_face(picture(mode="RGBA", colour=(0, 0, 0, 0)))
    assert opened(pictures.load(f"{name}-64.webp")).convert("RGBA").getpixel((1, 1))[3] == 0


@pytest.mark.parametrize(
    "upload",
    [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"<html><script>"],
)
def test_what_is_no_picture_is_refused(upload):
    with pytest.raises(pictures.errors.PictureUnknown):
        pictures.keep_face(upload)


@pytest.mark.parametrize("upload", [picture()[:100], picture("JPEG")[:200], b"GIF89a" + b"\0" * 20])
def test_what_is_damaged_is_refused(upload):
    with pytest.raises(pictures.errors.PictureBroken):
        pictures.keep_face(upload)


def test_what_is_too_large_is_refused_unread():
    with pytest.raises(pictures.errors.PictureTooLarge):
        pictures.keep_face(b"\0" * (pictures.MOST_BYTES + 1))


@pytest.mark.parametrize("side", [7_000, 30_000])
def test_what_unpacks_to_too_much_is_refused_before_it_does(side):
    with pytest.raises(pictures.errors.PictureHasTooManyPixels):
        pictures.keep_face(bomb(side))


def test_only_so_many_are_unpacked_at_once(monkeypatch):
    """A file of a few kilobytes may take half a gigabyte: with as many as there are threads, all of them stop."""
    monkeypatch.setattr(pictures, "_PATIENCE", 0.01)
    with pictures._in_turn(), pictures._in_turn():
        for keep in (pictures.keep_face, pictures.keep_logo):
            with pytest.raises(pictures.errors.PicturesWait):
                keep(picture())
    with pytest.raises(pictures.errors.PictureUnknown):
        pictures.keep_face(b"no picture")
    assert pictures.keep_face(picture())


def test_nothing_of_it_is_found_in_another_company(in_acme, globex):
    name = pictures.keep_face(picture())
    with globex.entered():
        assert pictures.load(f"{name}-64.webp") is None


def test_who_puts_on_what_somebody_else_is_taking_off_keeps_it(commit):
    """Both hold the same picture for a moment, before either of them has committed."""
    name = pictures.keep_face(picture())
    with commit():
        pictures.forget(name)
        just_put_on = pictures.keep_face(picture())
    assert pictures.load(f"{just_put_on}-64.webp")


@pytest.mark.parametrize(
    "name",
    [
        "../pictures/{name}-64.webp", "{name}-64.webp/", "/{name}-64.webp", "{name}-64.webp\0", "{name}-65.webp",
        "%2e%2e/{name}-64.webp", "{name}-64.webp\n", "", ".", "..",
    ],
)  # fmt: skip
def test_nothing_but_the_exact_name_leads_to_it(name):
    kept = pictures.keep_face(picture())
    assert pictures.load(name.format(name=kept)) is None


def test_what_is_forgotten_is_gone_once_committed(commit):
    name = pictures.keep_face(picture())
    assert pictures.stored_bytes() > 0
    with commit():
        pictures.forget(name)
        assert pictures.load(f"{name}-64.webp")
    assert pictures.load(f"{name}-64.webp") is None
    assert pictures.stored_bytes() == 0


def bomb(side):
    """A PNG of few bytes that claims to be this wide and high."""

    def chunk(kind, content):
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
