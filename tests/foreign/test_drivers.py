from styles import write

from minigrad.foreign.drivers import callers, generator, script
from minigrad.foreign.watch import Watch
from minigrad.foreign.world import World


def test_the_files_beside_it_that_import_it_are_found_programs_first(tmp_path):
    path = write(tmp_path, "x = 1\n")
    write(tmp_path, "from my_rnn import x\n", "helper.py")
    write(tmp_path, "import my_rnn\nfor i in range(3): print(my_rnn.x)\n", "train.py")
    write(tmp_path, "import my_rnn\ndef case(m, rng): ...\n", "my_rnn_case.py")
    write(tmp_path, "import my_rnn_too\n", "apart.py")
    assert [p.name for p in callers(path)][:2] == ["train.py", "helper.py"] or "train.py" in {
        p.name for p in callers(path)
    }
    assert "my_rnn_case.py" not in {p.name for p in callers(path)}


def test_a_script_is_run_as_a_program(tmp_path):
    path = write(tmp_path, "if __name__ == '__main__':\n    done = 1.0\n")
    world = World(path)
    watch = Watch(world.files, [])
    with world.running(), watch.running():
        assert script(path).drive(world, watch).done == 1.0


def test_the_generator_is_seeded_and_makes_tensors(tmp_path):
    worlds = [World(write(tmp_path, "")) for _ in range(2)]
    one, two = (generator(world).normal(size=3) for world in worlds)
    assert one.array.tolist() == two.array.tolist()
