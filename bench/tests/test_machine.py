from bench import machine


def test_the_processor_is_named(tmp_path):
    information = tmp_path / "cpuinfo"
    information.write_text("processor\t: 0\nmodel name\t: Some Processor\nprocessor\t: 1\n")
    assert machine.model(information) == "Some Processor"


def test_a_kernel_that_names_none_is_no_trouble(tmp_path):
    information = tmp_path / "cpuinfo"
    information.write_text("processor\t: 0\n")
    assert machine.model(information)
